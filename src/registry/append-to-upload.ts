import type { RepositoryKey } from '../core/names/registry-key.ts'
import { atUpload } from './at-upload.ts'
import { receiveBytes } from './receive-bytes.ts'
import type { Registry } from './registry.ts'

export interface UploadBytes {
  readonly repository: RepositoryKey
  readonly uploadId: string
  /** Where the client says these bytes go; left out, they go to the end. */
  readonly firstByte?: number | undefined
  /** How many bytes the client says will come; checked when given. */
  readonly length?: number | undefined
  readonly body: AsyncIterable<Uint8Array>
  readonly signal?: AbortSignal | undefined
}

/**
 * Streams bytes to the end of an upload and resolves to its new size. Requests for one upload go one after another.
 *
 * @throws RepositoryNotFoundError, UploadNotFoundError
 * @throws UploadOutOfOrderError when `firstByte` isn't where the upload stands
 * @throws BodyCutShortError when the client goes away or sends less than `length`; what arrived is kept
 * @throws InvalidRequestError when it sends more than `length`; nothing of it is kept
 * @throws StorageFullError
 */
export function appendToUpload(registry: Registry, bytes: UploadBytes): Promise<number> {
  const { repository, uploadId } = bytes
  return atUpload(registry, repository, uploadId, (open) => receiveBytes(registry, open, bytes))
}
