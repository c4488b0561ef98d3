import type { RepositoryKey } from '../names/registry-key.ts'
import type { Occurrence } from './event.ts'
import { type EventImage, imageEvent, mediaTypes } from './image-event.ts'

/** What a storage class was left for; a restore tells when it was done. */
export type StorageClassUpdate =
  | { readonly to: 'ARCHIVE' }
  | { readonly to: 'STANDARD'; readonly activatedAt: Date }

/** An image was archived, or its restore is complete. */
export function storageClassUpdated(
  repository: RepositoryKey,
  image: EventImage,
  update: StorageClassUpdate,
): Occurrence {
  return imageEvent(repository, image, {
    'action-type': 'UPDATE_STORAGE_CLASS',
    'target-storage-class': update.to,
    'image-digest': image.digest,
    'repository-name': repository.name,
    result: 'SUCCESS',
    ...mediaTypes(image),
    ...(update.to === 'STANDARD' && { 'last-activated-at': update.activatedAt.toISOString() }),
  })
}
