import type { Image } from '../images/image.ts'
import type { RepositoryKey } from '../names/registry-key.ts'
import type { Tag } from '../names/tag.ts'
import type { EventDetail, Occurrence } from './event.ts'

/** What events say of an image. */
export type EventImage = Pick<Image, 'digest' | 'mediaType' | 'artifactType' | 'subject'>

/** The source of all events of the registry. */
export const ecrSource = 'aws.ecr'

/**
 * An image's event. What refers to another image is a referrer and has a detail type of its own; the details are the same.
 *
 * @see Amazon ECR user guide, "Amazon ECR events and EventBridge"
 */
export function imageEvent(repository: RepositoryKey, image: EventImage, detail: EventDetail): Occurrence {
  return {
    registry: { account: repository.account, region: repository.region },
    source: ecrSource,
    detailType: image.subject === undefined ? 'ECR Image Action' : 'ECR Referrer Action',
    resources: [],
    detail,
  }
}

/** `image-tag`, where there is one to name. */
export function imageTag(tag: Tag | undefined): EventDetail {
  return tag === undefined ? {} : { 'image-tag': tag }
}

/** `manifest-media-type` and `artifact-media-type`. */
export function mediaTypes({ mediaType, artifactType }: EventImage): EventDetail {
  return {
    'manifest-media-type': mediaType,
    ...(artifactType !== undefined && { 'artifact-media-type': artifactType }),
  }
}
