import type { AccountId } from '../names/account-id.ts'
import type { DecidingStatement } from '../policies/decide.ts'

/**
 * How it ended: done; allowed, and failed for another reason; denied by policies or for want of them; or turned away because the
 * credentials were no good.
 */
export const trailOutcomes = ['success', 'failed', 'denied', 'rejected'] as const
export type TrailOutcome = (typeof trailOutcomes)[number]

/** One thing that somebody did, or was kept from doing. */
export interface TrailRecord {
  /** Whose trail it is in: that of the account that owns the resource, and that of the caller's. */
  readonly account: AccountId
  readonly at: Date
  /** An ARN; `anonymous`, or `-` where nobody knows. */
  readonly principal: string
  /** IAM's name, such as `ecr:PutImage`. */
  readonly action: string
  /** An ARN, or `*`. */
  readonly resource: string
  /** The repository's name, where it is one. */
  readonly repository: string | undefined
  readonly outcome: TrailOutcome
  /** The code that the client was given. */
  readonly errorCode?: string | undefined
  /** The statement that decided; `root` where it was the account's root, which needs none; absent where none allows it. */
  readonly by?: DecidingStatement | 'root' | undefined
  readonly sourceAddress: string
  readonly userAgent?: string | undefined
  readonly requestId: string
  readonly parameters?: unknown
  readonly result?: unknown
  /** How often the same happened, from `at` until `until`, where it is told once. */
  readonly count: number
  readonly until?: Date | undefined
}

/** One that is kept. */
export interface KeptTrailRecord extends TrailRecord {
  readonly id: number
}
