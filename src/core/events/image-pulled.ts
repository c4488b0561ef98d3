import { repositoryArn } from '../names/arn.ts'
import type { Digest } from '../names/digest.ts'
import type { RepositoryKey } from '../names/registry-key.ts'
import type { Occurrence } from './event.ts'
import { berthSource } from './extra-events.ts'

/** Pulls of one image within a moment. */
export interface ImagePulls {
  readonly repository: RepositoryKey
  readonly digest: Digest
  readonly count: number
}

/** An image was pulled. An extra: AWS tells of it by CloudTrail alone. Those who are excluded from pull times are not told of. */
export function imagePulled({ repository, digest, count }: ImagePulls): Occurrence {
  return {
    registry: { account: repository.account, region: repository.region },
    extra: 'pull',
    source: berthSource,
    detailType: 'Berth Image Action',
    resources: [repositoryArn(repository)],
    detail: {
      result: 'SUCCESS',
      'action-type': 'PULL',
      'repository-name': repository.name,
      'image-digest': digest,
      'pull-count': count,
    },
  }
}
