import type { Blob } from '../core/images/blob.ts'
import type { Digest } from '../core/names/digest.ts'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import type { UploadBytes } from './append-to-upload.ts'
import type { Registry } from './registry.ts'

export interface FinishedUpload {
  readonly blob: Blob
  /** Whether the repository had the blob before. */
  readonly known: boolean
}

/**
 * CONTRACT. Takes the last bytes, if any, and links the blob to the repository, durably. Any one of `digests` may match.
 * @throws as appendToUpload, and DigestMismatchError (the upload is kept)
 */
export declare function finishUpload(
  registry: Registry,
  finish: {
    readonly repository: RepositoryKey
    readonly uploadId: string
    readonly digests: readonly Digest[]
    readonly last?: Pick<UploadBytes, 'firstByte' | 'length' | 'body' | 'signal'> | undefined
  },
): Promise<FinishedUpload>
