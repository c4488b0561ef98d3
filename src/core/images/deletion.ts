import type { DomainError } from '../errors.ts'
import type { Digest } from '../names/digest.ts'
import type { Tag } from '../names/tag.ts'
import { ImageReferencedByManifestListError, ImageTagDoesNotMatchDigestError } from './errors.ts'

/** What removing an image's last tag does: ECR deletes the image, the distribution spec keeps it untagged. */
export type LastTag = 'deletes-image' | 'keeps-image'

/** What is asked for, and what the repository has of it now. */
export interface DeletionCase {
  readonly asked: { readonly digest?: Digest | undefined; readonly tag?: Tag | undefined }
  /** The image meant: the one that has the tag or, when none is asked for, the digest. */
  readonly image: Digest
  /** All tags of that image. */
  readonly tags: readonly Tag[]
  /** Indexes of the repository that list that image. */
  readonly indexes: readonly Digest[]
  readonly lastTag: LastTag
}

export type Deletion =
  | { readonly remove: 'tag'; readonly digest: Digest; readonly tag: Tag }
  | { readonly remove: 'image'; readonly digest: Digest }
  | { readonly refused: DomainError }

/**
 * What a request to delete means. With a tag, and the digest or not, the tag goes, and the image with it if it was
 * its last and `lastTag` says so; with a digest alone, the image goes with all its tags. An image that an index lists
 * stays, and so does a last tag that would take it along.
 *
 * @see Amazon ECR API reference, BatchDeleteImage
 */
export function decideDeletion({ asked, image, tags, indexes, lastTag }: DeletionCase): Deletion {
  if (asked.digest !== undefined && asked.digest !== image) {
    return { refused: new ImageTagDoesNotMatchDigestError() }
  }
  if (asked.tag !== undefined && (tags.length > 1 || lastTag === 'keeps-image')) {
    return { remove: 'tag', digest: image, tag: asked.tag }
  }
  if (indexes.length > 0) return { refused: new ImageReferencedByManifestListError(indexes) }
  return { remove: 'image', digest: image }
}
