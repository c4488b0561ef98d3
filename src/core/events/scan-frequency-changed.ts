import { repositoryArn } from '../names/arn.ts'
import type { RegistryKey, RepositoryKey } from '../names/registry-key.ts'
import type { Occurrence } from './event.ts'
import { ecrSource } from './image-event.ts'

type ScanFrequency = 'SCAN_ON_PUSH' | 'CONTINUOUS_SCAN' | 'MANUAL'

/** How often a repository's images are scanned, now and before. */
export interface ScanFrequencyChange {
  readonly repository: RepositoryKey
  readonly frequency: ScanFrequency
  readonly previous: ScanFrequency
}

/**
 * The enhanced scanning of some repositories has changed.
 *
 * @see Amazon ECR user guide, "Event for a change notification on a resource with enhanced scanning enabled"
 */
export function scanFrequencyChanged(
  { account, region }: RegistryKey,
  changes: readonly ScanFrequencyChange[],
): Occurrence {
  return {
    registry: { account, region },
    source: ecrSource,
    detailType: 'ECR Scan Resource Change',
    resources: [],
    detail: {
      'action-type': 'SCAN_FREQUENCY_CHANGE',
      repositories: changes.map(({ repository, frequency, previous }) => ({
        'repository-name': repository.name,
        'repository-arn': repositoryArn(repository),
        'scan-frequency': frequency,
        'previous-scan-frequency': previous,
      })),
      'resource-type': 'REPOSITORY',
      'scan-type': 'ENHANCED',
    },
  }
}
