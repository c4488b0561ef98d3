import type { RepositoryKey } from '../names/registry-key.ts'
import type { Tag } from '../names/tag.ts'
import type { Occurrence } from './event.ts'
import { type EventImage, imageEvent, imageTag } from './image-event.ts'

/** A tag went, or an image that had none. An image that goes with several tags is told of once for each. */
export function imageDeleted(repository: RepositoryKey, image: EventImage, tag: Tag | undefined): Occurrence {
  return imageEvent(repository, image, {
    result: 'SUCCESS',
    'repository-name': repository.name,
    'image-digest': image.digest,
    'action-type': 'DELETE',
    ...imageTag(tag),
  })
}
