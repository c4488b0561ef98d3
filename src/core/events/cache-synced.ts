import { repositoryArn } from '../names/arn.ts'
import type { Digest } from '../names/digest.ts'
import type { RepositoryKey } from '../names/registry-key.ts'
import type { Tag } from '../names/tag.ts'
import type { Occurrence } from './event.ts'
import { ecrSource, imageTag } from './image-event.ts'

/** One image brought from an upstream registry by a pull-through cache rule, or why it wasn't. */
export type CacheSync = {
  readonly repositoryPrefix: string
  /** The plain host: `public.ecr.aws`. */
  readonly upstream: string
  readonly tag?: Tag | undefined
} & (
  | { readonly status: 'SUCCESS'; readonly digest: Digest }
  | {
      readonly status: 'FAILED'
      readonly digest?: Digest | undefined
      readonly failureCode: string
      readonly failureReason: string
    }
)

/**
 * A pull-through cache has brought an image, or has failed to. The upstream's dots are written `[.]`, as ECR does.
 *
 * @see Amazon ECR user guide, "Event for a pull through cache action"
 */
export function cacheSynced(repository: RepositoryKey, sync: CacheSync): Occurrence {
  return {
    registry: { account: repository.account, region: repository.region },
    source: ecrSource,
    detailType: 'ECR Pull Through Cache Action',
    resources: [repositoryArn(repository)],
    detail: {
      'rule-version': '1',
      'sync-status': sync.status,
      'ecr-repository-prefix': sync.repositoryPrefix,
      'repository-name': repository.name,
      'upstream-registry-url': sync.upstream.replaceAll('.', '[.]'),
      ...imageTag(sync.tag),
      ...(sync.digest !== undefined && { 'image-digest': sync.digest }),
      ...(sync.status === 'FAILED' && {
        'failure-code': sync.failureCode,
        'failure-reason': sync.failureReason,
      }),
    },
  }
}
