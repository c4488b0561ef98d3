import type { RepositoryKey } from '../core/names/registry-key.ts'
import { findUpload } from './find-upload.ts'
import type { Registry } from './registry.ts'

/** How many bytes an upload holds now, also while more of them come in. @throws RepositoryNotFoundError, UploadNotFoundError */
export async function uploadSize(registry: Registry, key: RepositoryKey, uploadId: string): Promise<number> {
  const { size } = await findUpload(registry, key, uploadId)
  return size
}
