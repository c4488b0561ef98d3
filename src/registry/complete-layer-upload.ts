import { EmptyUploadError } from '../core/images/upload-errors.ts'
import { checkParts } from '../core/images/upload-parts.ts'
import type { Digest } from '../core/names/digest.ts'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import { atUpload } from './at-upload.ts'
import type { FinishedUpload } from './finish-upload.ts'
import { publishUpload } from './publish-upload.ts'
import type { Registry } from './registry.ts'

/**
 * Makes the parts received a layer of the repository, by the rules of ECR's JSON API. In each error the upload is kept.
 *
 * @throws RepositoryNotFoundError, UploadNotFoundError
 * @throws EmptyUploadError when no byte has come
 * @throws LayerPartTooSmallError when a part but the last has less than 5 MiB
 * @throws DigestMismatchError when the bytes hash to none of `digests`
 * @see Amazon ECR API reference, CompleteLayerUpload
 */
export function completeLayerUpload(
  registry: Registry,
  complete: {
    readonly repository: RepositoryKey
    readonly uploadId: string
    readonly digests: readonly Digest[]
  },
): Promise<FinishedUpload> {
  const { repository, uploadId, digests } = complete
  return atUpload(registry, repository, uploadId, async ({ upload, size }) => {
    if (size === 0) throw new EmptyUploadError(repository, uploadId)
    checkParts(upload)
    return publishUpload(registry, repository, upload, digests)
  })
}
