import type { AccessKeys } from '../../access/access-keys.ts'
import type { Seal } from '../../access/seal.ts'
import type { Log } from '../../observability/log.ts'
import type { Service } from '../../services/service.ts'
import type { Authorise } from '../permit.ts'

/** What the front end is built from. */
export interface AwsFrontOptions {
  readonly services: readonly Service[]
  readonly accessKeys: AccessKeys
  /** The decision point that every permission of every call is put to. */
  readonly authorise: Authorise
  /** Signs page tokens; what it sealed in an earlier life of the process it must still open. */
  readonly pageSeal: Seal
  readonly now: () => Date
  readonly log: Log
}
