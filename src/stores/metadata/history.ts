import type { Change, DeletedImage } from '../../core/images/change.ts'
import type { Digest } from '../../core/names/digest.ts'
import type { Tag } from '../../core/names/tag.ts'

/** A change as it was kept; `id` grows with time within a repository. */
export interface KeptChange extends Change {
  readonly id: number
}

/** Where a page of deleted images ends: latest deletion first, then by digest. */
export interface DeletedCursor {
  readonly at: Date
  readonly digest: Digest
}

export interface HistoryReader {
  /** A repository's changes, latest first: all of them, or those of one tag. Keyset paging by `id`. */
  changes(
    repositoryId: number,
    page: {
      readonly tag?: Tag | undefined
      readonly before?: number | undefined
      readonly limit: number
    },
  ): Promise<KeptChange[]>
  deletedImage(repositoryId: number, digest: Digest): Promise<DeletedImage | undefined>
  /** The exact bytes of a deleted image's manifest. */
  deletedContent(repositoryId: number, digest: Digest): Promise<Uint8Array | undefined>
  /** Images that were deleted, latest first; one that is here again isn't among them. */
  deletedImages(
    repositoryId: number,
    page: { readonly after?: DeletedCursor | undefined; readonly limit: number },
  ): Promise<DeletedImage[]>
  /** Digests of the referrers of an image that went in the same deletion as it. */
  referrersDeletedWith(repositoryId: number, subject: Digest, deletion: string): Promise<Digest[]>
}

/** How much of one repository's past is kept at most; the oldest goes first. */
export interface HistoryLimits {
  readonly changes: number
  readonly images: number
  /** Of manifests. */
  readonly bytes: number
}

export interface HistoryWriter {
  record(repositoryId: number, changes: readonly Change[]): Promise<void>
  /**
   * Keeps an image of the repository as it is now, and the blobs it needs from being collected. Call it before the image is
   * deleted. An earlier deletion of the same digest is forgotten.
   */
  keep(
    repositoryId: number,
    digest: Digest,
    deletion: Pick<DeletedImage, 'tags' | 'at' | 'cause' | 'deletion'>,
  ): Promise<void>
  /** Forgets a deleted image, and with it what it needed. */
  forget(repositoryId: number, digest: Digest): Promise<void>
  /** Forgets at most `limit` images and as many changes from before a time; resolves to how many there were. */
  expire(before: Date, limit: number): Promise<number>
  /** Forgets of one repository what is beyond the limits, the oldest of it; at most `limit` of each kind. Resolves to how many. */
  trim(limits: HistoryLimits, limit: number): Promise<number>
}
