import { UploadNotFoundError } from '../core/errors.ts'
import type { Upload } from '../core/images/upload.ts'
import type { Digest } from '../core/names/digest.ts'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import type { FinishedUpload } from './finish-upload.ts'
import { lockRepository } from './lock-repository.ts'
import type { Registry } from './registry.ts'

/**
 * Makes an upload, whose lock the caller holds, a blob of its repository. First its bytes are durable, then the
 * repository says that it has them.
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
  const blob = await registry.blobs.uploads.finish(upload.id, digests)
  return registry.metadata.write(async (tx) => {
    const { id } = await lockRepository(tx, key)
    if (id !== upload.repositoryId) throw new UploadNotFoundError(key, upload.id)
    const known = (await tx.blobLinks.find(id, blob.digest)) !== undefined
    if (!known) await tx.blobLinks.add(id, blob, registry.now())
    await tx.uploads.delete(upload.id)
    return { blob, known }
  })
}
