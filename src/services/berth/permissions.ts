import type { Permission } from '../../access/permission.ts'
import { repositoryArn } from '../../core/names/arn.ts'
import { robotArn } from '../../core/robots/robot.ts'
import { type RepositoryRequest, requestedRepository } from '../ecr/requested-repository.ts'
import type { Call } from '../service.ts'
import type { BerthContext } from './berth-context.ts'

type BerthIamAction = `berth:${string}`

/** Declares an action that is done to no single resource but to the caller's own registry. */
export function onRegistry(action: BerthIamAction): (request: unknown, call: Call) => readonly Permission[] {
  return (_request, { registry }) => [{ action, resource: '*', owner: registry.account, within: registry }]
}

/**
 * Declares an action that is done to the repository its request names; policies know it by its ARN.
 *
 * @param alsoNeeds what ECR asks of whoever does or learns as much by its own API: no way of Berth's leads around a policy
 */
export function onRepository(
  action: BerthIamAction,
  ...alsoNeeds: readonly `ecr:${string}`[]
): (request: RepositoryRequest, call: Call) => readonly Permission[] {
  return (request, call) => {
    const within = requestedRepository(request, call)
    const onIt = { resource: repositoryArn(within), owner: within.account, within }
    return [action, ...alsoNeeds].map((each) => ({ action: each, ...onIt }))
  }
}

/** Declares an action that is done to the robot its request names, in the caller's own registry. */
export function onRobot(
  action: BerthIamAction,
): (request: { readonly robotName: string }, call: Call) => readonly Permission[] {
  return ({ robotName }, { registry }) => [
    { action, resource: robotArn(registry, robotName), owner: registry.account, within: registry },
  ]
}

/** Declares an action that is done to the server as a whole: it belongs to the server's own account. */
export function onServer(
  action: BerthIamAction,
): (request: unknown, call: Call, context: BerthContext) => readonly Permission[] {
  return (_request, _call, { server }) => [{ action, resource: '*', owner: server.account }]
}
