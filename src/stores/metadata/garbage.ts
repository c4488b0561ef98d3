import type { Blob } from '../../core/images/blob.ts'
import type { Upload } from '../../core/images/upload.ts'
import type { Digest } from '../../core/names/digest.ts'
import type { RepositoryKey } from '../../core/names/registry-key.ts'

/** A blob that a repository shows, though nothing there needs it. */
export interface UnneededLink {
  readonly repositoryId: number
  readonly repository: RepositoryKey
  readonly blob: Blob
}

/** Where a walk over all links stands. */
export interface LinkPosition {
  readonly repositoryId: number
  readonly digest: Digest
}

/** A short stretch of a walk over a table: `limit` rows are looked at, however few of them are garbage. */
export interface Stretch<Position> {
  readonly after?: Position | undefined
  readonly limit: number
}

export interface Walked<Item, Position> {
  /** In no order: a database takes the tables in whichever it expects to be fastest. */
  readonly items: readonly Item[]
  /** Where the next stretch begins; undefined when this was the last. */
  readonly end?: Position | undefined
}

/**
 * Looks for what may go. Everything here is a first look: what it finds is asked again in the transaction that removes it. All
 * of it goes stretch by stretch, so that nobody waits.
 */
export interface GarbageReader {
  /** Links that nothing needs, and nobody has relied on since `before`. */
  unneededLinks(before: Date, stretch: Stretch<LinkPosition>): Promise<Walked<UnneededLink, LinkPosition>>
  /**
   * Blobs that no repository needed after `before`: none links them, or with `links` as `unneeded`, only by links that go
   * themselves.
   */
  unneededBlobs(
    before: Date,
    options: { readonly links: 'none' | 'unneeded' },
    stretch: Stretch<Digest>,
  ): Promise<Walked<Blob, Digest>>
  /** Those of the digests that have no row. */
  unknownBlobs(digests: readonly Digest[]): Promise<Digest[]>
  /** Those of the ids that have no row. */
  unknownUploads(ids: readonly string[]): Promise<string[]>
  /** Uploads that began before a time, oldest first. */
  uploadsBefore(
    before: Date,
    page: { readonly after?: Upload | undefined; readonly limit: number },
  ): Promise<Upload[]>
}

/**
 * Removes garbage. A blob goes in three steps: it is marked, its row is held while its bytes are put out of sight, and the
 * row is forgotten. Whoever links it before the last step takes the mark back.
 */
export interface GarbageWriter {
  /** Removes those of a locked repository's links that nothing needs, and nobody has relied on since `before`; resolves to how many. */
  removeUnneededLinks(repositoryId: number, digests: readonly Digest[], before: Date): Promise<number>
  /** Marks those of the blobs that no repository links, nor needed since `before`. */
  markUnneeded(digests: readonly Digest[], before: Date): Promise<void>
  /** Gives bytes that have no row one that is marked. */
  markUnknown(blobs: readonly Blob[], at: Date): Promise<void>
  /** Holds marked blobs until the transaction ends: nobody links them meanwhile. What another process holds is passed over. */
  holdMarked(page: { readonly after?: Digest | undefined; readonly limit: number }): Promise<Blob[]>
  /** Forgets blobs that are held. */
  forget(digests: readonly Digest[]): Promise<void>
}
