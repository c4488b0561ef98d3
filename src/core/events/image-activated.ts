import type { Digest } from '../names/digest.ts'
import type { RepositoryKey } from '../names/registry-key.ts'
import type { Occurrence } from './event.ts'
import { serviceEvent, type TrailRecord } from './service-event.ts'

/**
 * An image is back from the archive, as CloudTrail tells it. An extra.
 *
 * @see Amazon ECR user guide, "Logging Amazon ECR actions with AWS CloudTrail"
 */
export function imageActivated(
  repository: RepositoryKey,
  imageDigest: Digest,
  record: TrailRecord,
): Occurrence {
  const facts = { imageDigest, targetStorageClass: 'STANDARD', result: 'SUCCESS', imageStatus: 'ACTIVE' }
  return serviceEvent(repository, 'ImageActivationEvent', facts, record)
}
