import { parseRepositoryArn, repositoryArn } from '../names/arn.ts'
import { type Digest, parseDigest } from '../names/digest.ts'
import type { RepositoryKey } from '../names/registry-key.ts'

/** An image that is to be signed. */
export interface Signing {
  readonly repository: RepositoryKey
  readonly digest: Digest
}

export const signingJobKind = 'sign'

/** The job that signs an image, with every profile that is to. */
export function signingJob({ repository, digest }: Signing) {
  return { kind: signingJobKind, key: `${digest} ${repositoryArn(repository)}` }
}

/** What the key of such a job says. */
export function readSigningJob(key: string): Signing {
  const [digest = '', arn = ''] = key.split(' ')
  return { repository: parseRepositoryArn(arn), digest: parseDigest(digest) }
}
