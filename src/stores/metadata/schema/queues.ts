import type { Generated } from 'kysely'
import type { AccountId } from '../../../core/names/account-id.ts'
import type { Region } from '../../../core/names/region.ts'
import type { EpochMillis } from './columns.ts'

export interface QueueTable {
  /** Never given twice. */
  readonly id: Generated<number>
  readonly account_id: AccountId
  readonly region: Region
  readonly name: string
  /** A JSON object of what was set. */
  readonly attributes: string
  readonly created_at: EpochMillis
  readonly changed_at: EpochMillis
}

export interface QueueMessageTable {
  readonly id: Generated<number>
  readonly queue_id: number
  readonly message_id: string
  readonly body: string
  /** JSON. */
  readonly attributes: string
  readonly sender: string
  readonly sent_at: EpochMillis
  readonly visible_at: EpochMillis
  /** When it goes, received or not. */
  readonly until: EpochMillis
  readonly receives: Generated<number>
  readonly first_received_at: Generated<EpochMillis | null>
  readonly handle: Generated<string | null>
  /** ARN of the queue that it was moved from. */
  readonly source: Generated<string | null>
}

export interface QueueMoveTable {
  readonly id: string
  readonly queue_id: number
  /** JSON. */
  readonly content: string
  readonly started_at: EpochMillis
}
