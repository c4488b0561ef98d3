import type { DomainError } from '../core/errors.ts'
import type { Digest } from '../core/names/digest.ts'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import type { Tag } from '../core/names/tag.ts'
import type { Registry } from './registry.ts'

/** At least one of the two. */
export interface ImageToDelete {
  readonly digest?: Digest | undefined
  readonly tag?: Tag | undefined
}

export type ImageDeletion =
  | { readonly deleted: readonly { readonly digest: Digest; readonly tag?: Tag | undefined }[] }
  /** ImageNotFoundError, ImageTagDoesNotMatchDigestError or ImageReferencedByManifestListError. */
  | { readonly refused: DomainError }

/**
 * CONTRACT. One answer per request, in the same order. An image listed by an index that goes in the same call goes too,
 * whatever the order. @throws RepositoryNotFoundError
 */
export declare function deleteImages(
  registry: Registry,
  key: RepositoryKey,
  images: readonly ImageToDelete[],
  options: {
    /** What removing an image's last tag does: ECR's JSON API deletes the image, the OCI spec keeps it untagged. */
    readonly lastTag: 'deletes-image' | 'keeps-image'
  },
): Promise<ImageDeletion[]>
