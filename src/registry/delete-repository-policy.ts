import { repositoryPolicyChanged } from '../core/events/policy-changed.ts'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import { RepositoryPolicyNotFoundError } from '../core/policies/errors.ts'
import { changeRepository } from './change-repository.ts'
import { emitEvents } from './emit-events.ts'
import type { Registry } from './registry.ts'

/**
 * Takes a repository's policy out of force and resolves to its text.
 *
 * @throws RepositoryNotFoundError, RepositoryPolicyNotFoundError
 */
export function deleteRepositoryPolicy(registry: Registry, key: RepositoryKey): Promise<string> {
  return changeRepository(registry, key, async (tx, { id }) => {
    const text = await tx.resourcePolicies.deleteOfRepository(id)
    if (text === undefined) throw new RepositoryPolicyNotFoundError(key)
    await emitEvents(tx, registry, [repositoryPolicyChanged(key, 'REPOSITORY', 'DELETE')])
    return text
  })
}
