import type { RepositoryKey } from '../core/names/registry-key.ts'
import { findUpload } from './find-upload.ts'
import type { Registry } from './registry.ts'

/** Drops an upload and its bytes, once whatever writes to it has ended. @throws RepositoryNotFoundError, UploadNotFoundError */
export function cancelUpload(registry: Registry, key: RepositoryKey, uploadId: string): Promise<void> {
  return registry.uploadLocks.run(uploadId, async () => {
    const { upload } = await findUpload(registry, key, uploadId)
    await registry.blobs.uploads.cancel(upload.id)
    await registry.metadata.write((tx) => tx.uploads.delete(upload.id))
  })
}
