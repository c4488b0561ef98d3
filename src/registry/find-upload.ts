import type { Upload } from '../core/images/upload.ts'
import { UploadNotFoundError } from '../core/images/upload-errors.ts'
import { isUploadId } from '../core/images/upload-id.ts'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import { findRepository } from './find-repository.ts'
import type { Registry } from './registry.ts'

/** An upload that can go on, and how many bytes of it are there. */
export interface OpenUpload {
  readonly upload: Upload
  readonly size: number
}

/**
 * An upload of this very repository. The id may be any text a client sends.
 *
 * @throws RepositoryNotFoundError, UploadNotFoundError
 */
export async function findUpload(
  registry: Registry,
  key: RepositoryKey,
  uploadId: string,
): Promise<OpenUpload> {
  const repository = await findRepository(registry, key)
  if (!isUploadId(uploadId)) throw new UploadNotFoundError(key, uploadId)
  const upload = await registry.metadata.uploads.find(repository.id, uploadId)
  const size = upload && (await registry.blobs.uploads.size(uploadId))
  if (upload === undefined || size === undefined) throw new UploadNotFoundError(key, uploadId)
  return { upload, size }
}
