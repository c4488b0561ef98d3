import { UploadOutOfOrderError } from '../core/images/upload-errors.ts'
import { withPart } from '../core/images/upload-parts.ts'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import { atUpload } from './at-upload.ts'
import type { OpenUpload } from './find-upload.ts'
import { checkNextPart } from './layer-quotas.ts'
import { once } from './once.ts'
import type { Registry } from './registry.ts'

/**
 * Takes one part of a layer, all of it or nothing, and resolves to the position of the last byte received.
 *
 * @throws RepositoryNotFoundError, UploadNotFoundError, StorageFullError, LimitExceededError (size and parts of a layer)
 * @throws UploadOutOfOrderError when `firstByte` isn't where the upload stands
 * @see Amazon ECR API reference, UploadLayerPart
 */
export function uploadPart(
  registry: Registry,
  part: {
    readonly repository: RepositoryKey
    readonly uploadId: string
    readonly firstByte: number
    readonly bytes: Uint8Array
  },
): Promise<number> {
  const { repository, uploadId, firstByte, bytes } = part
  return atUpload(registry, repository, uploadId, async (open) => {
    if (firstByte !== open.size) throw new UploadOutOfOrderError(firstByte, open.size)
    checkNextPart(open, bytes.byteLength, registry.quotas)
    return (await addPart(registry, open, bytes)) - 1
  })
}

async function addPart(
  { blobs, metadata }: Registry,
  { upload, size }: OpenUpload,
  bytes: Uint8Array,
): Promise<number> {
  try {
    const newSize = await blobs.uploads.append(upload.id, once(bytes))
    await metadata.write((tx) => tx.uploads.setParts(withPart(upload, bytes.byteLength)))
    return newSize
  } catch (error) {
    await blobs.uploads.truncate(upload.id, size)
    throw error
  }
}
