import {
  LifecyclePolicyNotFoundError,
  LifecyclePolicyPreviewInProgressError,
} from '../core/lifecycle/errors.ts'
import { lifecyclePreviewJob } from '../core/lifecycle/lifecycle-jobs.ts'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import type { MetadataTransaction } from '../stores/metadata/metadata-store.ts'
import { type PolicyText, readPolicy } from './lifecycle/read-policy.ts'
import { lockRepository } from './lock-repository.ts'
import type { Registry } from './registry.ts'

/**
 * Has a preview made of what a policy would do, the stored one unless a text is given, and resolves to the text that is evaluated.
 *
 * @throws InvalidParameterError at `LifecyclePolicyText`
 * @throws RepositoryNotFoundError
 * @throws LifecyclePolicyNotFoundError without a text and without a policy
 * @throws LifecyclePolicyPreviewInProgressError while another is being made
 */
export async function startLifecyclePreview(
  registry: Registry,
  key: RepositoryKey,
  text: string | undefined,
): Promise<string> {
  const given =
    text === undefined
      ? undefined
      : ({ text: readPolicy({ text, language: 'ecr' }).text, language: 'ecr' } as const)
  const startedAt = registry.now()
  return registry.metadata.write(async (tx) => {
    const { id } = await lockRepository(tx, key)
    const policy = given ?? (await storedPolicy(tx, id, key))
    const before = await tx.lifecycle.preview(id)
    if (before?.status === 'IN_PROGRESS') throw new LifecyclePolicyPreviewInProgressError(key)
    await tx.lifecycle.startPreview(id, { text: policy.text, language: policy.language, startedAt })
    await tx.jobs.add(lifecyclePreviewJob(key), startedAt)
    return policy.text
  })
}

async function storedPolicy(
  tx: MetadataTransaction,
  repositoryId: number,
  key: RepositoryKey,
): Promise<PolicyText> {
  const policy = await tx.lifecycle.policy(repositoryId)
  if (policy === undefined) throw new LifecyclePolicyNotFoundError(key)
  return policy
}
