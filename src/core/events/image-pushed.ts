import type { RepositoryKey } from '../names/registry-key.ts'
import type { Tag } from '../names/tag.ts'
import type { Occurrence } from './event.ts'
import { type EventImage, imageEvent, imageTag, mediaTypes } from './image-event.ts'

/** An image was pushed under a tag, or without any; a push under several tags is several such events. */
export function imagePushed(repository: RepositoryKey, image: EventImage, tag: Tag | undefined): Occurrence {
  return imageEvent(repository, image, {
    result: 'SUCCESS',
    'repository-name': repository.name,
    'image-digest': image.digest,
    'action-type': 'PUSH',
    ...imageTag(tag),
    ...mediaTypes(image),
  })
}
