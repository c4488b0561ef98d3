import type { AccessKeys } from '../../access/access-keys.ts'
import type { Seal } from '../../access/seal.ts'
import type { Log } from '../../observability/log.ts'
import type { MemoryBudget } from '../../registry/memory-budget.ts'
import type { ServiceEntry } from '../../services/service.ts'
import type { Authorise } from '../permit.ts'

/** What the front end is built from. */
export interface AwsFrontOptions {
  readonly services: readonly ServiceEntry[]
  readonly accessKeys: AccessKeys
  /** The decision point that every permission of every call is put to. */
  readonly authorise: Authorise
  /** Hears of each request that was signed with a key that can be taken back. */
  readonly onSigned?: (keyId: string, use: { readonly service: string; readonly region: string }) => void
  /** Signs page tokens; what it sealed in an earlier life of the process it must still open. */
  readonly pageSeal: Seal
  /** For bodies, which are held whole; each is held in several forms for a moment. */
  readonly memory: MemoryBudget
  readonly now: () => Date
  readonly log: Log
}
