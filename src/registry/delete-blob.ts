import type { Digest } from '../core/names/digest.ts'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import type { Registry } from './registry.ts'

/** CONTRACT. Takes an unreferenced blob out of the repository. @throws RepositoryNotFoundError, LayerNotFoundError, InvalidRequestError when an image needs it */
export declare function deleteBlob(
  registry: Registry,
  repository: RepositoryKey,
  digest: Digest,
): Promise<void>
