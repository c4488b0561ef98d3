import { BodyCutShortError, InvalidRequestError, UploadOutOfOrderError } from '../core/errors.ts'
import type { UploadBytes } from './append-to-upload.ts'
import { bodyOfLength } from './body-of-length.ts'
import type { OpenUpload } from './find-upload.ts'
import type { Registry } from './registry.ts'

/**
 * Writes what a client sends to the end of an upload whose lock the caller holds; resolves to the new size.
 * Of a body that breaks off, what arrived is kept; of one that is longer than declared, nothing.
 *
 * @throws UploadOutOfOrderError, BodyCutShortError, InvalidRequestError (longer than declared), StorageFullError
 */
export async function receiveBytes(
  { blobs }: Registry,
  { upload, size }: OpenUpload,
  { firstByte, length, body, signal }: Omit<UploadBytes, 'repository' | 'uploadId'>,
): Promise<number> {
  if (firstByte !== undefined && firstByte !== size) throw new UploadOutOfOrderError(firstByte, size)
  try {
    return await blobs.uploads.append(upload.id, bodyOfLength(body, length), signal)
  } catch (error) {
    if (error instanceof InvalidRequestError) await blobs.uploads.truncate(upload.id, size)
    if (signal?.aborted) throw new BodyCutShortError({ cause: error })
    throw error
  }
}
