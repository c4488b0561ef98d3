import type { Readable } from 'node:stream'
import type { Blob } from '../core/images/blob.ts'
import type { Digest } from '../core/names/digest.ts'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import type { ByteRange } from '../stores/blobs/blob-store.ts'
import type { Registry } from './registry.ts'

/** CONTRACT. A blob the repository links. @throws RepositoryNotFoundError, LayerNotFoundError */
export declare function statBlob(registry: Registry, repository: RepositoryKey, digest: Digest): Promise<Blob>

/** CONTRACT. @throws RepositoryNotFoundError, LayerNotFoundError */
export declare function readBlob(
  registry: Registry,
  repository: RepositoryKey,
  digest: Digest,
  range?: ByteRange,
): Promise<Readable>
