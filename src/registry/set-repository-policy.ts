import { repositoryPolicyChanged } from '../core/events/policy-changed.ts'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import type { ResourcePolicy } from '../core/policies/resource-policy.ts'
import { changeRepository } from './change-repository.ts'
import { emitEvents } from './emit-events.ts'
import type { Registry } from './registry.ts'

/** Puts a repository's policy in the place of the one before. @throws RepositoryNotFoundError */
export function setRepositoryPolicy(
  registry: Registry,
  key: RepositoryKey,
  { text }: ResourcePolicy,
): Promise<void> {
  return changeRepository(registry, key, async (tx, { id }) => {
    await tx.resourcePolicies.putOfRepository(id, text)
    await emitEvents(tx, registry, [repositoryPolicyChanged(key, 'REPOSITORY', 'PUT')])
  })
}
