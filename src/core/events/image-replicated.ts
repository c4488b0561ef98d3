import { repositoryArn } from '../names/arn.ts'
import type { Digest } from '../names/digest.ts'
import type { RegistryKey, RepositoryKey } from '../names/registry-key.ts'
import type { Tag } from '../names/tag.ts'
import type { Occurrence } from './event.ts'
import { ecrSource, imageTag } from './image-event.ts'

export interface Replication {
  /** The registry that the image came from. */
  readonly source: RegistryKey
  readonly digest: Digest
  readonly tag?: Tag | undefined
  readonly result: 'SUCCESS' | 'FAILED'
}

/** A replication has ended; told in the destination's registry. @see Amazon ECR user guide, "Event for a completed image replication" */
export function imageReplicated(destination: RepositoryKey, replication: Replication): Occurrence {
  const { source, digest, tag, result } = replication
  return {
    registry: { account: destination.account, region: destination.region },
    source: ecrSource,
    detailType: 'ECR Replication Action',
    resources: [repositoryArn(destination)],
    detail: {
      result,
      'repository-name': destination.name,
      'image-digest': digest,
      'source-account': source.account,
      'action-type': 'REPLICATE',
      'source-region': source.region,
      ...imageTag(tag),
    },
  }
}
