import { UploadNotFoundError } from '../core/images/upload-errors.ts'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import { UploadMissingError } from '../stores/blobs/blob-store.ts'
import { findUpload, type OpenUpload } from './find-upload.ts'
import type { Registry } from './registry.ts'

/**
 * Works on an upload when all that came before it for this upload has ended. Should its bytes go meanwhile, because its
 * repository was deleted or another process found it too old, it isn't there any more.
 *
 * @throws RepositoryNotFoundError, UploadNotFoundError
 */
export function atUpload<Result>(
  registry: Registry,
  key: RepositoryKey,
  uploadId: string,
  work: (open: OpenUpload) => Promise<Result>,
): Promise<Result> {
  return registry.uploadLocks.run(uploadId, async () => {
    const open = await findUpload(registry, key, uploadId)
    try {
      return await work(open)
    } catch (error) {
      throw error instanceof UploadMissingError ? new UploadNotFoundError(key, uploadId) : error
    }
  })
}
