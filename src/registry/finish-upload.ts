import type { Blob } from '../core/images/blob.ts'
import type { Digest } from '../core/names/digest.ts'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import type { UploadBytes } from './append-to-upload.ts'
import { atUpload } from './at-upload.ts'
import { publishUpload } from './publish-upload.ts'
import { receiveBytes } from './receive-bytes.ts'
import type { Registry } from './registry.ts'

export interface FinishedUpload {
  readonly blob: Blob
  /** Whether the repository had the blob before. */
  readonly known: boolean
}

/**
 * Takes the last bytes of an upload, if any, and makes it a blob of the repository, durably. Any one of `digests` may
 * match. A blob the repository has already is a success.
 *
 * @throws as appendToUpload does
 * @throws DigestMismatchError when the bytes hash to none of `digests`; the upload is kept
 */
export function finishUpload(
  registry: Registry,
  finish: {
    readonly repository: RepositoryKey
    readonly uploadId: string
    readonly digests: readonly Digest[]
    readonly last?: Pick<UploadBytes, 'firstByte' | 'length' | 'body' | 'signal'> | undefined
  },
): Promise<FinishedUpload> {
  const { repository, uploadId, digests, last } = finish
  return atUpload(registry, repository, uploadId, async (open) => {
    if (last !== undefined) await receiveBytes(registry, open, last)
    return publishUpload(registry, repository, open.upload, digests)
  })
}
