import { InvalidRequestError, LimitExceededError } from '../core/errors.ts'
import { BodyCutShortError, UploadOutOfOrderError } from '../core/images/upload-errors.ts'
import type { UploadBytes } from './append-to-upload.ts'
import { bodyOfLength } from './body-of-length.ts'
import type { OpenUpload } from './find-upload.ts'
import { layerTooLarge } from './layer-quotas.ts'
import type { Registry } from './registry.ts'

/**
 * Writes what a client sends to the end of an upload whose lock the caller holds; resolves to the new size.
 * Of a body that breaks off, what arrived is kept; of one that is longer than declared or allowed, nothing.
 *
 * @throws UploadOutOfOrderError, BodyCutShortError, InvalidRequestError (longer than declared), StorageFullError,
 *   LimitExceededError (size of a layer)
 */
export async function receiveBytes(
  { blobs, quotas }: Registry,
  { upload, size }: OpenUpload,
  { firstByte, length, body, signal }: Omit<UploadBytes, 'repository' | 'uploadId'>,
): Promise<number> {
  if (firstByte !== undefined && firstByte !== size) throw new UploadOutOfOrderError(firstByte, size)
  const quota = { most: quotas.layerSize - size, excess: () => layerTooLarge(quotas) }
  try {
    return await blobs.uploads.append(upload.id, bodyOfLength(body, length, quota), signal)
  } catch (error) {
    if (error instanceof InvalidRequestError || error instanceof LimitExceededError)
      await blobs.uploads.truncate(upload.id, size)
    if (signal?.aborted) throw new BodyCutShortError({ cause: error })
    throw error
  }
}
