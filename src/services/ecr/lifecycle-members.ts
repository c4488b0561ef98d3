import type { RepositoryKey } from '../../core/names/registry-key.ts'
import type { StoredLifecyclePolicy } from '../../stores/metadata/lifecycle.ts'

/** A lifecycle policy as responses show it. One that was never evaluated was so at the beginning of time, as on ECR. */
export function lifecycleMembers(
  { account, name }: RepositoryKey,
  { text, lastEvaluatedAt }: Pick<StoredLifecyclePolicy, 'text' | 'lastEvaluatedAt'>,
) {
  return {
    registryId: account,
    repositoryName: name,
    lifecyclePolicyText: text,
    lastEvaluatedAt: lastEvaluatedAt ?? new Date(0),
  }
}
