import type { Digest } from '../core/names/digest.ts'
import type { Reference } from '../core/names/reference.ts'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import type { Registry } from './registry.ts'

export interface StoredManifest {
  readonly digest: Digest
  readonly mediaType: string
  readonly content: Uint8Array
}

/** CONTRACT. A `pull` counts for lastRecordedPullTime, a `look` (HEAD) doesn't. @throws RepositoryNotFoundError, ImageNotFoundError */
export declare function getManifest(
  registry: Registry,
  wanted: { readonly repository: RepositoryKey; readonly reference: Reference; readonly as: 'pull' | 'look' },
): Promise<StoredManifest>
