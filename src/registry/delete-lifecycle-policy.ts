import { repositoryPolicyChanged } from '../core/events/policy-changed.ts'
import { LifecyclePolicyNotFoundError } from '../core/lifecycle/errors.ts'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import type { StoredLifecyclePolicy } from '../stores/metadata/lifecycle.ts'
import { emitEvents } from './emit-events.ts'
import { lockRepository } from './lock-repository.ts'
import type { Registry } from './registry.ts'

/**
 * Takes a lifecycle policy out of force and resolves to it. When that is acknowledged it deletes nothing more, even if it was just
 * being run.
 *
 * @throws RepositoryNotFoundError, LifecyclePolicyNotFoundError
 */
export function deleteLifecyclePolicy(
  registry: Registry,
  key: RepositoryKey,
): Promise<StoredLifecyclePolicy> {
  return registry.metadata.write(async (tx) => {
    const { id } = await lockRepository(tx, key)
    const policy = await tx.lifecycle.policy(id)
    if (policy === undefined) throw new LifecyclePolicyNotFoundError(key)
    await tx.lifecycle.deletePolicy(id)
    await emitEvents(tx, registry, [repositoryPolicyChanged(key, 'LIFECYCLE', 'DELETE')])
    return policy
  })
}
