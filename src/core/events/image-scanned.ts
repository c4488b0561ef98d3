import { repositoryArn } from '../names/arn.ts'
import type { Digest } from '../names/digest.ts'
import type { RepositoryKey } from '../names/registry-key.ts'
import type { Tag } from '../names/tag.ts'
import type { Occurrence } from './event.ts'
import { ecrSource } from './image-event.ts'

export interface ImageScan {
  readonly digest: Digest
  readonly tags: readonly Tag[]
  readonly status: 'COMPLETE' | 'FAILED'
  /** By severity, `CRITICAL` and so on; those without findings are left out. */
  readonly severityCounts: Readonly<Record<string, number>>
}

/** A basic scan has ended. @see Amazon ECR user guide, "Event for a completed image scan" */
export function imageScanned(repository: RepositoryKey, scan: ImageScan): Occurrence {
  return {
    registry: { account: repository.account, region: repository.region },
    source: ecrSource,
    detailType: 'ECR Image Scan',
    resources: [repositoryArn(repository)],
    detail: {
      'scan-status': scan.status,
      'repository-name': repository.name,
      'finding-severity-counts': scan.severityCounts,
      'image-digest': scan.digest,
      'image-tags': scan.tags,
    },
  }
}
