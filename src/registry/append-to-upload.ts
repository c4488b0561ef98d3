import type { RepositoryKey } from '../core/names/registry-key.ts'
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

/** CONTRACT. Resolves to the upload's new size. @throws RepositoryNotFoundError, UploadNotFoundError, UploadOutOfOrderError, BodyCutShortError, StorageFullError */
export declare function appendToUpload(registry: Registry, bytes: UploadBytes): Promise<number>
