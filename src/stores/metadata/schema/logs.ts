import type { Generated } from 'kysely'
import type { AccountId } from '../../../core/names/account-id.ts'
import type { Region } from '../../../core/names/region.ts'
import type { EpochMillis } from './columns.ts'

export interface LogGroupTable {
  /** Never given twice. */
  readonly id: Generated<number>
  readonly account_id: AccountId
  readonly region: Region
  readonly name: string
  readonly retention_days: number | null
  readonly created_at: EpochMillis
}

export interface LogStreamTable {
  readonly id: Generated<number>
  readonly group_id: number
  readonly name: string
  readonly created_at: EpochMillis
  /** 0 before the first event, like the two after it. */
  readonly first_event_at: Generated<EpochMillis>
  readonly last_event_at: Generated<EpochMillis>
  readonly last_ingested_at: Generated<EpochMillis>
  readonly stored_bytes: Generated<number>
}

export interface LogEventTable {
  readonly id: Generated<number>
  readonly group_id: number
  readonly stream_id: number
  readonly at: EpochMillis
  readonly ingested_at: EpochMillis
  readonly message: string
}
