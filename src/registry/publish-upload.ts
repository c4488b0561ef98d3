import type { Blob } from '../core/images/blob.ts'
import type { Upload } from '../core/images/upload.ts'
import { UploadNotFoundError } from '../core/images/upload-errors.ts'
import type { Digest } from '../core/names/digest.ts'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import type { FinishedUpload } from './finish-upload.ts'
import { BlobVanishedError, linkBlob } from './link-blob.ts'
import { lockRepository } from './lock-repository.ts'
import type { Registry } from './registry.ts'

/**
 * Makes an upload, whose lock the caller holds, a blob of its repository. First its bytes are durable, then the repository
 * says that it has them. Where the same bytes were there already and garbage collection takes them in between, the upload's
 * own take their place; had it none left, it must be sent again.
 *
 * @throws RepositoryNotFoundError, UploadNotFoundError when the repository went meanwhile
 * @throws UploadMissingError when the upload's bytes are gone, with the blob that they became
 * @throws DigestMismatchError when the bytes hash to none of `digests`; the upload is kept
 */
export async function publishUpload(
  registry: Registry,
  key: RepositoryKey,
  upload: Upload,
  digests: readonly Digest[],
): Promise<FinishedUpload> {
  for (;;) {
    const blob = await registry.blobs.uploads.finish(upload.id, digests)
    try {
      const finished = await link(registry, key, upload, blob)
      await registry.blobs.uploads.cancel(upload.id)
      return finished
    } catch (error) {
      if (!(error instanceof BlobVanishedError)) throw error
    }
  }
}

function link(registry: Registry, key: RepositoryKey, upload: Upload, blob: Blob): Promise<FinishedUpload> {
  return registry.metadata.write(async (tx) => {
    const { id } = await lockRepository(tx, key)
    if (id !== upload.repositoryId) throw new UploadNotFoundError(key, upload.id)
    const known = (await tx.blobLinks.find(id, blob.digest)) !== undefined
    await linkBlob(tx, registry, id, blob)
    await tx.uploads.delete(upload.id)
    return { blob, known }
  })
}
