import type { AccountId } from '../../core/names/account-id.ts'
import type { KeptTrailRecord, TrailOutcome, TrailRecord } from '../../core/trail/trail-record.ts'

/** Which records; those of an account that fit everything that is given. */
export interface TrailFilter {
  readonly principal?: string | undefined
  readonly action?: string | undefined
  readonly repository?: string | undefined
  readonly outcome?: TrailOutcome | undefined
  /** Included. */
  readonly from?: Date | undefined
  /** Not included. */
  readonly to?: Date | undefined
}

/** A place between two records. */
export interface TrailPosition {
  readonly at: Date
  readonly id: number
}

export interface TrailReader {
  /** Latest first. */
  list(
    account: AccountId,
    filter: TrailFilter,
    page: { readonly before?: TrailPosition | undefined; readonly limit: number },
  ): Promise<KeptTrailRecord[]>
}

export interface TrailWriter {
  /** One statement for each hundred. */
  add(records: readonly TrailRecord[]): Promise<void>
  /** Forgets at most `limit` from before a time; resolves to how many. */
  forget(before: Date, limit: number): Promise<number>
}
