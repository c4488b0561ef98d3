import { parseRepositoryArn, repositoryArn } from '../names/arn.ts'
import { type Digest, parseDigest } from '../names/digest.ts'
import type { RepositoryKey } from '../names/registry-key.ts'

export const activationJobKind = 'activate-image'

/** The job that brings an archived image back. */
export function activationJob(repository: RepositoryKey, digest: Digest) {
  return { kind: activationJobKind, key: `${digest} ${repositoryArn(repository)}` }
}

/** What the key of such a job says. */
export function readActivationJob(key: string): {
  readonly repository: RepositoryKey
  readonly digest: Digest
} {
  const [digest = '', arn = ''] = key.split(' ')
  return { repository: parseRepositoryArn(arn), digest: parseDigest(digest) }
}
