import type { AccessKeys } from '../../access/access-keys.ts'
import type { Permission } from '../../access/permission.ts'
import type { Principal } from '../../access/principal.ts'
import type { Seal } from '../../access/seal.ts'
import type { Log } from '../../observability/log.ts'
import type { Service } from '../../services/service.ts'
import type { HttpDoor } from '../http/exchange.ts'
import { AwsExchange } from './aws-exchange.ts'
import { AwsRequest } from './aws-request.ts'
import { loadModels } from './model/loaded-models.ts'
import { joinModels } from './served-service.ts'

export interface AwsFrontOptions {
  readonly services: readonly Service[]
  readonly accessKeys: AccessKeys
  /** The decision point that every permission of every call is put to. @throws AccessDeniedError */
  readonly authorise: (principal: Principal, permission: Permission) => void
  /** Signs page tokens; what it sealed in an earlier life of the process it must still open. */
  readonly pageSeal: Seal
  readonly now: () => Date
  readonly log: Log
}

/**
 * The door for AWS clients: every service on one path, told apart by target, action and version. A request goes through
 * dispatch, signature, parsing, constraints and authorisation before its action runs; the service models decide what each
 * of them means. Every request gets an answer, and an error that no table knows is logged whole and answered without
 * details.
 *
 * @throws RangeError when a service has no model, or an action that its model doesn't have
 */
export function createAwsFront(options: AwsFrontOptions): HttpDoor {
  const services = joinModels(options.services, loadModels())
  return (http) => new AwsExchange(new AwsRequest(http), services, options).answer()
}
