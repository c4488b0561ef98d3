import { UploadNotFoundError } from '../core/errors.ts'
import type { Blob } from '../core/images/blob.ts'
import type { Upload } from '../core/images/upload.ts'
import type { Digest } from '../core/names/digest.ts'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import { UploadMissingError } from '../stores/blobs/blob-store.ts'
import type { FinishedUpload } from './finish-upload.ts'
import { BlobVanishedError, linkBlob } from './link-blob.ts'
import { lockRepository } from './lock-repository.ts'
import type { Registry } from './registry.ts'

/**
 * Makes an upload, whose lock the caller holds, a blob of its repository. First its bytes are durable, then the repository
 * says that it has them. Where the same bytes were there already and garbage collection takes them in between, the upload's
 * own take their place.
 *
 * @throws RepositoryNotFoundError, UploadNotFoundError when the repository went meanwhile
 * @throws DigestMismatchError when the bytes hash to none of `digests`; the upload is kept
 */
export async function publishUpload(
  registry: Registry,
  key: RepositoryKey,
  upload: Upload,
  digests: readonly Digest[],
): Promise<FinishedUpload> {
  for (;;) {
    const blob = await finish(registry, key, upload, digests)
    try {
      const finished = await link(registry, key, upload, blob)
      await registry.blobs.uploads.cancel(upload.id)
      return finished
    } catch (error) {
      if (!(error instanceof BlobVanishedError)) throw error
    }
  }
}

/** An upload whose bytes have gone with the blob they became must be sent again: that ends the loop above. */
async function finish(
  { blobs }: Registry,
  key: RepositoryKey,
  { id }: Upload,
  digests: readonly Digest[],
): Promise<Blob> {
  try {
    return await blobs.uploads.finish(id, digests)
  } catch (error) {
    throw error instanceof UploadMissingError ? new UploadNotFoundError(key, id) : error
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
