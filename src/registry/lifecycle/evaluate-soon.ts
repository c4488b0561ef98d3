import { evaluationDelay, lifecycleJob } from '../../core/lifecycle/lifecycle-jobs.ts'
import type { Repository } from '../../core/repositories/repository.ts'
import type { MetadataTransaction } from '../../stores/metadata/metadata-store.ts'

/** Has the lifecycle policy of a repository evaluated a moment after its images have changed, if it has one. */
export async function evaluateSoon(tx: MetadataTransaction, repository: Repository, at: Date): Promise<void> {
  if (!(await tx.lifecycle.hasPolicy(repository.id))) return
  await tx.jobs.add(lifecycleJob(repository), new Date(at.getTime() + evaluationDelay))
}
