import type { Permission } from '../../access/permission.ts'
import { repositoryArn } from '../../core/names/arn.ts'
import { type RepositoryRequest, requestedRepository } from '../ecr/requested-repository.ts'
import type { Call } from '../service.ts'
import type { BerthContext } from './berth-context.ts'

type BerthIamAction = `berth:${string}`

/** Declares an action that is done to no single resource but to the caller's own registry. */
export function onRegistry(action: BerthIamAction): (request: unknown, call: Call) => readonly Permission[] {
  return (_request, { registry }) => [{ action, resource: '*', owner: registry.account }]
}

/** Declares an action that is done to the repository its request names; policies know it by its ARN. */
export function onRepository(
  action: BerthIamAction,
): (request: RepositoryRequest, call: Call) => readonly Permission[] {
  return (request, call) => {
    const repository = requestedRepository(request, call)
    return [{ action, resource: repositoryArn(repository), owner: repository.account }]
  }
}

/** Declares an action that is done to the server as a whole: it belongs to the server's own account. */
export function onServer(
  action: BerthIamAction,
): (request: unknown, call: Call, context: BerthContext) => readonly Permission[] {
  return (_request, _call, { server }) => [{ action, resource: '*', owner: server.account }]
}
