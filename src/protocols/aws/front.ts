import type { HttpDoor } from '../http/exchange.ts'
import { AwsExchange } from './aws-exchange.ts'
import { AwsRequest } from './aws-request.ts'
import type { AwsFrontOptions } from './front-options.ts'
import { offerServices } from './served-service.ts'

/**
 * The door for AWS clients: every service on one path, told apart by target, action and version. A request goes through
 * dispatch, signature, parsing, constraints and authorisation before its action runs; the service models decide what each
 * of them means. Every request gets an answer, and an error that no table knows is logged whole and answered without
 * details.
 *
 * @throws RangeError when a service has no model
 */
export function createAwsFront(options: AwsFrontOptions): HttpDoor {
  const services = offerServices(options.services)
  return (http) => new AwsExchange(new AwsRequest(http), services, options).answer()
}
