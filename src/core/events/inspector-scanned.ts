import { repositoryArn } from '../names/arn.ts'
import type { Digest } from '../names/digest.ts'
import type { RepositoryKey } from '../names/registry-key.ts'
import type { Tag } from '../names/tag.ts'
import type { Occurrence } from './event.ts'

/** The source of what enhanced scanning tells. */
export const inspectorSource = 'aws.inspector2'

export interface InspectedImage {
  readonly digest: Digest
  readonly tags: readonly Tag[]
  /** By severity; those without findings are left out. */
  readonly severityCounts: Readonly<Record<string, number>>
}

/**
 * The first enhanced scan of an image has ended. In its detail the repository is named by its ARN.
 *
 * @see Amazon Inspector user guide, "Amazon EventBridge event schema", initial scan
 */
export function inspectorScanned(
  repository: RepositoryKey,
  { digest, tags, severityCounts }: InspectedImage,
): Occurrence {
  const arn = repositoryArn(repository)
  const total = Object.values(severityCounts).reduce((sum, count) => sum + count, 0)
  return {
    registry: { account: repository.account, region: repository.region },
    source: inspectorSource,
    detailType: 'Inspector2 Scan',
    resources: [arn],
    detail: {
      'scan-status': 'INITIAL_SCAN_COMPLETE',
      'repository-name': arn,
      'finding-severity-counts': { ...severityCounts, TOTAL: total },
      'image-digest': digest,
      'image-tags': tags,
    },
  }
}
