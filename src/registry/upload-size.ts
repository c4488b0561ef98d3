import type { RepositoryKey } from '../core/names/registry-key.ts'
import type { Registry } from './registry.ts'

/** CONTRACT. How many bytes an upload holds. @throws RepositoryNotFoundError, UploadNotFoundError */
export declare function uploadSize(
  registry: Registry,
  repository: RepositoryKey,
  uploadId: string,
): Promise<number>
