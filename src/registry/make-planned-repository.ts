import { lifecycleJob } from '../core/lifecycle/lifecycle-jobs.ts'
import type { Repository } from '../core/repositories/repository.ts'
import type { MetadataTransaction } from '../stores/metadata/metadata-store.ts'
import { addRepository } from './add-repository.ts'
import { readPolicy } from './lifecycle/read-policy.ts'
import type { RepositoryPlan } from './plan-repository.ts'
import type { Registry } from './registry.ts'

/**
 * Makes a repository as planned, with its policies and tags, or nothing. One that has come to be there meanwhile stays as it is.
 *
 * @throws LimitExceededError for repositories per registry
 */
export async function makePlannedRepository(registry: Registry, plan: RepositoryPlan): Promise<void> {
  try {
    await registry.metadata.write(async (tx) => {
      const repository = await addRepository(tx, registry, { ...plan, scanOnPush: false }, plan)
      if (repository) await putPolicies(tx, registry, repository, plan)
    })
  } finally {
    registry.repositories.drop(plan.key)
  }
}

async function putPolicies(
  tx: MetadataTransaction,
  registry: Registry,
  repository: Repository,
  { lifecyclePolicy, repositoryPolicy }: RepositoryPlan,
): Promise<void> {
  if (repositoryPolicy !== undefined) {
    await tx.resourcePolicies.putOfRepository(repository.id, repositoryPolicy)
  }
  if (lifecyclePolicy === undefined) return
  const putAt = registry.now()
  const { text } = readPolicy({ text: lifecyclePolicy, language: 'ecr' })
  await tx.lifecycle.putPolicy(repository.id, { id: registry.newId(), text, language: 'ecr', putAt })
  await tx.jobs.add(lifecycleJob(repository), putAt)
}
