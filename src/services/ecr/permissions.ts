import type { Permission } from '../../access/permission.ts'
import { repositoryArn } from '../../core/names/arn.ts'
import type { RepositoryKey } from '../../core/names/registry-key.ts'
import type { Call } from '../service.ts'
import {
  type RegistryRequest,
  type RepositoryRequest,
  requestedRegistry,
  requestedRepository,
} from './requested-repository.ts'

type EcrIamAction = `ecr:${string}`

/**
 * Declares an action that needs one right on the repository its request names.
 *
 * @see Service authorization reference, "Actions, resources, and condition keys for Amazon Elastic Container Registry"
 */
export function onRepository(
  action: EcrIamAction,
): (request: RepositoryRequest, call: Call) => readonly Permission[] {
  return (request, call) => [repositoryPermission(action, requestedRepository(request, call))]
}

/** Declares an action that IAM knows no resource for: it is done to the caller's own registry. */
export function onRegistry(action: EcrIamAction): (request: unknown, call: Call) => readonly Permission[] {
  return (_request, { registry }) => [{ action, resource: '*', owner: registry.account, within: registry }]
}

/** The same for an action whose request may name another account's registry. */
export function onRequestedRegistry(
  action: EcrIamAction,
): (request: RegistryRequest, call: Call) => readonly Permission[] {
  return (request, call) => {
    const registry = requestedRegistry(request, call)
    return [{ action, resource: '*', owner: registry.account, within: registry }]
  }
}

/** The right to do something to one repository. */
export function repositoryPermission(
  action: EcrIamAction,
  repository: RepositoryKey,
  context: Permission['context'] = {},
): Permission {
  const { account: owner } = repository
  return { action, resource: repositoryArn(repository), owner, within: repository, context }
}
