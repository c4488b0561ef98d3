import type { RepositoryKey } from '../core/names/registry-key.ts'
import type { Registry } from './registry.ts'

/** CONTRACT. @throws RepositoryNotFoundError, UploadNotFoundError */
export declare function cancelUpload(
  registry: Registry,
  repository: RepositoryKey,
  uploadId: string,
): Promise<void>
