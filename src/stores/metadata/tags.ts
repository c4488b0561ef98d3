import type { Digest } from '../../core/names/digest.ts'
import type { Tag } from '../../core/names/tag.ts'

export interface TagReader {
  /** The digest a tag points at now. */
  find(repositoryId: number, tag: Tag): Promise<Digest | undefined>
  /** One page of names in byte order: of the tags whose images can be pulled. */
  list(
    repositoryId: number,
    page: { readonly after?: string | undefined; readonly limit: number },
  ): Promise<Tag[]>
  /** The tags of each of these images, in byte order; an untagged image has no entry. */
  ofImages(repositoryId: number, digests: readonly Digest[]): Promise<ReadonlyMap<Digest, readonly Tag[]>>
}

/** For a transaction that has locked the repository: an image's tag status follows its tags only so. */
export interface TagWriter {
  /** Points the tag at an image of the repository, moving it if it was elsewhere. */
  put(repositoryId: number, tag: Tag, digest: Digest, at: Date): Promise<void>
  remove(repositoryId: number, tag: Tag): Promise<void>
}
