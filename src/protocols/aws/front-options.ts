import type { AccessKeys } from '../../access/access-keys.ts'
import type { Principal } from '../../access/principal.ts'
import type { Seal } from '../../access/seal.ts'
import type { Region } from '../../core/names/region.ts'
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
  /** Hears who signs each request, for which service and in which region. */
  readonly onSigned?: (who: Principal, use: { readonly service: string; readonly region: Region }) => void
  /** Signs page tokens; what it sealed in an earlier life of the process it must still open. */
  readonly pageSeal: Seal
  /** For bodies, which are held whole; each is held in several forms for a moment. */
  readonly memory: MemoryBudget
  readonly now: () => Date
  readonly log: Log
}
