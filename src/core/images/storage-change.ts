import type { Digest } from '../names/digest.ts'
import { ImageStorageClassUpdateNotSupportedError } from './errors.ts'
import type { StorageClass, StorageState } from './storage.ts'

/** What somebody wants to become of an image's storage, and what stands there now. */
export interface StorageChangeCase {
  readonly digest: Digest
  readonly storage: StorageState
  readonly target: StorageClass
  /** Indexes that list the image and aren't archived. */
  readonly indexes: readonly Digest[]
}

/**
 * Refuses a change of storage class that changes nothing or comes at the wrong time: an image that an index lists goes to the archive
 * after the index, and one on its way back has to arrive first.
 *
 * @throws ImageStorageClassUpdateNotSupportedError
 * @see Amazon ECR API reference, UpdateImageStorageClass
 */
export function checkStorageChange({ digest, storage, target, indexes }: StorageChangeCase): void {
  if (storage === 'ACTIVATING') throw refusal(digest, 'is being restored from the archive')
  if (target === 'STANDARD') {
    if (storage === 'ACTIVE') throw refusal(digest, 'is not archived')
    return
  }
  if (storage === 'ARCHIVED') throw refusal(digest, 'is archived already')
  if (indexes.length > 0) throw refusal(digest, `is referenced by manifest list: [${indexes.join(', ')}]`)
}

function refusal(digest: Digest, reason: string): ImageStorageClassUpdateNotSupportedError {
  return new ImageStorageClassUpdateNotSupportedError(digest, reason)
}
