import type { RepositoryKey } from '../core/names/registry-key.ts'
import type { ResourcePolicy } from '../core/policies/resource-policy.ts'
import { changeRepository } from './change-repository.ts'
import type { Registry } from './registry.ts'

/** Puts a repository's policy in the place of the one before. @throws RepositoryNotFoundError */
export function setRepositoryPolicy(
  registry: Registry,
  key: RepositoryKey,
  { text }: ResourcePolicy,
): Promise<void> {
  return changeRepository(registry, key, (tx, { id }) => tx.resourcePolicies.putOfRepository(id, text))
}
