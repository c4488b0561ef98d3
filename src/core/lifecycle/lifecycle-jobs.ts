import { parseRepositoryArn, repositoryArn } from '../names/arn.ts'
import type { RepositoryKey } from '../names/registry-key.ts'

export const lifecycleJobKind = 'run-lifecycle'
export const lifecyclePreviewJobKind = 'preview-lifecycle'

/** How many milliseconds after a push a policy is evaluated: a build that pushes much has one evaluation, not many. */
export const evaluationDelay = 10_000

/** The job that does what a repository's lifecycle policy says. */
export function lifecycleJob(repository: RepositoryKey) {
  return { kind: lifecycleJobKind, key: repositoryArn(repository) }
}

/** The job that makes the preview that was asked for, and forgets it when it is old. */
export function lifecyclePreviewJob(repository: RepositoryKey) {
  return { kind: lifecyclePreviewJobKind, key: repositoryArn(repository) }
}

/** The repository that the key of such a job names. */
export function readLifecycleJob(key: string): RepositoryKey {
  return parseRepositoryArn(key)
}
