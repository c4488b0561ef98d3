import type { Image } from '../core/images/image.ts'
import type { Digest } from '../core/names/digest.ts'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import type { Tag } from '../core/names/tag.ts'
import type { Registry } from './registry.ts'

export interface ManifestPush {
  readonly repository: RepositoryKey
  /** The manifest's exact bytes. */
  readonly content: Uint8Array
  /** What the client says it is; the manifest's own `mediaType` must agree, and either is enough. */
  readonly mediaType?: string | undefined
  readonly tag?: Tag | undefined
  /** What the client says the digest is. */
  readonly digest?: Digest | undefined
}

export interface ManifestPut {
  readonly image: Image
  readonly tag?: Tag | undefined
  /**
   * `created`: the digest is new here. `tagged`: it was here and got this tag (new, or moved from elsewhere).
   * `unchanged`: digest, and tag if one was given, were so already.
   */
  readonly outcome: 'created' | 'tagged' | 'unchanged'
  /** With `unchanged` and a tag: what forbids the tag to be pushed again, if anything does. */
  readonly immutable?: 'repository' | 'tag' | undefined
}

/**
 * CONTRACT. What a push means, for both doors.
 * @throws RepositoryNotFoundError, InvalidParameterError (manifest), ImageDigestDoesNotMatchError,
 *   ImageTagAlreadyExistsError (other content under an immutable tag), LayersNotFoundError,
 *   ReferencedImagesNotFoundError, LimitExceededError
 */
export declare function putManifest(registry: Registry, push: ManifestPush): Promise<ManifestPut>
