import { berthPrefix } from '../../services/berth/berth-prefix.ts'
import type { AwsRequest } from './aws-request.ts'
import { RefusalError } from './refusal.ts'

/** An operation this server doesn't have, whether AWS has it or not. `owner` says whose it is, as the client named it. */
export function unknownOperation(operation: string, owner: string): RefusalError {
  return new RefusalError(
    'unknown-operation',
    `Berth does not offer the operation '${operation}' of ${owner}. Its API coverage page lists what it offers.`,
  )
}

/** A request that no AWS protocol has a meaning for. */
export function unknownPath({ method, path }: AwsRequest): RefusalError {
  return new RefusalError(
    'unknown-path',
    `Nothing is offered at ${method} ${path}: AWS requests are a POST to / with an X-Amz-Target header, or carry an Action; Berth's own are a POST to ${berthPrefix}<Operation>.`,
  )
}

/** Clients may put more than one slash behind the endpoint. */
export function isRoot({ path }: AwsRequest): boolean {
  return /^\/+$/.test(path)
}
