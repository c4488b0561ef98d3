import type { Digest } from '../core/names/digest.ts'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import type { FinishedUpload } from './finish-upload.ts'
import type { Registry } from './registry.ts'

/** CONTRACT. finishUpload with the JSON API's rules on parts. @throws EmptyUploadError, LayerPartTooSmallError, DigestMismatchError, UploadNotFoundError, RepositoryNotFoundError */
export declare function completeLayerUpload(
  registry: Registry,
  upload: {
    readonly repository: RepositoryKey
    readonly uploadId: string
    readonly digests: readonly Digest[]
  },
): Promise<FinishedUpload>
