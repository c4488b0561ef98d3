import { LifecyclePolicyNotFoundError } from '../core/lifecycle/errors.ts'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import type { StoredLifecyclePolicy } from '../stores/metadata/lifecycle.ts'
import { findRepository } from './find-repository.ts'
import type { Registry } from './registry.ts'

/** @throws RepositoryNotFoundError, LifecyclePolicyNotFoundError */
export async function getLifecyclePolicy(
  registry: Registry,
  key: RepositoryKey,
): Promise<StoredLifecyclePolicy> {
  const { id } = await findRepository(registry, key)
  const policy = await registry.metadata.lifecycle.policy(id)
  if (policy === undefined) throw new LifecyclePolicyNotFoundError(key)
  return policy
}
