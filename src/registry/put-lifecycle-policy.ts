import { repositoryPolicyChanged } from '../core/events/policy-changed.ts'
import { lifecycleJob } from '../core/lifecycle/lifecycle-jobs.ts'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import { emitEvents } from './emit-events.ts'
import { type PolicyText, readPolicy } from './lifecycle/read-policy.ts'
import { lockRepository } from './lock-repository.ts'
import type { Registry } from './registry.ts'

/**
 * Puts a lifecycle policy in the place of the one before and resolves to its text as it was kept. It is evaluated at once, but never in
 * this call.
 *
 * @throws InvalidParameterError at `LifecyclePolicyText`
 * @throws RepositoryNotFoundError
 */
export async function putLifecyclePolicy(
  registry: Registry,
  key: RepositoryKey,
  policy: PolicyText,
): Promise<string> {
  const { text } = readPolicy(policy)
  const putAt = registry.now()
  await registry.metadata.write(async (tx) => {
    const { id } = await lockRepository(tx, key)
    const stored = { id: registry.newId(), text, language: policy.language, putAt }
    await tx.lifecycle.putPolicy(id, stored)
    await tx.jobs.add(lifecycleJob(key), putAt)
    await emitEvents(tx, registry, [repositoryPolicyChanged(key, 'LIFECYCLE', 'PUT')])
  })
  return text
}
