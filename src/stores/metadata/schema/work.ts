import type { Generated } from 'kysely'
import type { AccountId } from '../../../core/names/account-id.ts'
import type { Region } from '../../../core/names/region.ts'
import type { EpochMillis } from './columns.ts'

/** Which migrations this database has been through. */
export interface MigrationTable {
  readonly name: string
  readonly applied_at: EpochMillis
}

export interface JobTable {
  readonly kind: string
  readonly key: string
  /** When a worker may take it next: the time asked for, or while it runs the end of the lease. */
  readonly due_at: EpochMillis
  /** Set while a worker has it. */
  readonly lease: string | null
  /** The earliest time it was asked for while a worker had it. */
  readonly again_at: EpochMillis | null
  /** How often it was taken since it last succeeded. */
  readonly attempts: Generated<number>
  /** JSON: what the latest run tells of itself. */
  readonly progress: string | null
  /** When it last succeeded. */
  readonly finished_at: EpochMillis | null
  readonly last_error: string | null
}

export type LeftoverKind = 'log-group' | 'log-stream' | 'archive' | 'queue'

/** Something that is deleted, and whose many rows may still be there. */
export interface LeftoverTable {
  readonly kind: LeftoverKind
  readonly id: number
}

export interface ClientTokenTable {
  readonly account_id: AccountId
  readonly region: Region
  readonly cluster: string
  readonly token: string
  /** A hash. */
  readonly request: string
  /** A JSON array of ids. */
  readonly tasks: string
  readonly used_at: EpochMillis
}
