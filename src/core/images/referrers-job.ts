import { parseRepositoryArn, repositoryArn } from '../names/arn.ts'
import { type Digest, parseDigest } from '../names/digest.ts'
import type { RepositoryKey } from '../names/registry-key.ts'

/** An image that was deleted, and when. */
export interface DeletedSubject {
  readonly repository: RepositoryKey
  readonly digest: Digest
  readonly at: Date
}

export const referrersJobKind = 'delete-referrers'

/** How long what refers to a deleted image outlives it, in milliseconds. @see Amazon ECR user guide: reference artifacts go within 24 hours */
export const referrersOutlive = 24 * 60 * 60 * 1000

/** The job that deletes what refers to this image. */
export function referrersJob({ repository, digest, at }: DeletedSubject) {
  const key = `${at.getTime()} ${digest} ${repositoryArn(repository)}`
  return { kind: referrersJobKind, key }
}

/** What the key of such a job says. */
export function readReferrersJob(key: string): DeletedSubject {
  const [at = '', digest = '', arn = ''] = key.split(' ')
  return { repository: parseRepositoryArn(arn), digest: parseDigest(digest), at: new Date(Number(at)) }
}
