import type { Upload } from '../core/images/upload.ts'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import type { Registry } from './registry.ts'

/** CONTRACT. @throws RepositoryNotFoundError */
export declare function startUpload(registry: Registry, repository: RepositoryKey): Promise<Upload>
