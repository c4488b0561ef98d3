import type { Image, ImageStatus, TagStatus } from '../../core/images/image.ts'
import type { ImageStorage } from '../../core/images/storage.ts'
import type { Digest } from '../../core/names/digest.ts'
import type { RegistryKey } from '../../core/names/registry-key.ts'
import type { Tag } from '../../core/names/tag.ts'

/** Where a page of images ends: newest push first, then by digest, then (in `listNamed`) by tag. */
export interface ImageCursor {
  readonly pushedAt: Date
  readonly digest: Digest
  /** Only in `listNamed`; null stands for the row of an untagged image. */
  readonly tag?: Tag | null
}

export interface ImagePage {
  readonly tagStatus: TagStatus
  /** All unless told. */
  readonly imageStatus?: ImageStatus
  readonly after?: ImageCursor | undefined
  readonly limit: number
}

/** One row of ListImages: an image under one of its tags, or an untagged image. */
export interface NamedImage {
  readonly digest: Digest
  readonly tag: Tag | null
  readonly pushedAt: Date
}

/** A manifest as it was pushed. */
export interface ManifestContent {
  readonly mediaType: string
  readonly content: Uint8Array
}

export interface ImageReader {
  find(repositoryId: number, digest: Digest): Promise<Image | undefined>
  /** The manifest's exact bytes. */
  content(repositoryId: number, digest: Digest): Promise<Uint8Array | undefined>
  /** Those of the digests that are here, each with its exact bytes. */
  manifests(repositoryId: number, digests: readonly Digest[]): Promise<ReadonlyMap<Digest, ManifestContent>>
  /** Those of the digests that are here, in any order. */
  findMany(repositoryId: number, digests: readonly Digest[]): Promise<Image[]>
  /** Images, newest push first and by digest among equals: one row a digest. Keyset paging, never OFFSET. */
  list(repositoryId: number, page: ImagePage): Promise<Image[]>
  /** The same order with one row a tag (and by tag among equals), untagged images included unless filtered. */
  listNamed(repositoryId: number, page: ImagePage): Promise<NamedImage[]>
  /** Digests of the indexes of this repository that list the manifest as a child. */
  indexesOf(repositoryId: number, child: Digest): Promise<Digest[]>
  /** The same without those that are archived. */
  activeIndexesOf(repositoryId: number, child: Digest): Promise<Digest[]>
  /** Manifests that an index lists and that are here, by digest. */
  childrenOf(repositoryId: number, index: Digest): Promise<Image[]>
  /** Manifests whose `subject` is this digest, by digest, whether or not the subject is here. */
  referrersOf(
    repositoryId: number,
    subject: Digest,
    page: { readonly after?: Digest | undefined; readonly limit: number },
  ): Promise<Image[]>
  count(repositoryId: number): Promise<number>
  /** How many images all repositories of a registry have together. */
  countInRegistry(registry: RegistryKey): Promise<number>
}

/**
 * A manifest and what it refers to: `blobs` in this repository it needs, `absentBlobs` it will need as soon as they are linked,
 * `children` an index lists.
 */
export interface NewImage {
  readonly image: Image
  readonly content: Uint8Array
  readonly blobs: readonly Digest[]
  readonly absentBlobs: readonly Digest[]
  readonly children: readonly Digest[]
}

export interface ImageWriter {
  /** Adds an image that isn't here yet; the blobs it needs are linked by the end of the transaction. */
  add(repositoryId: number, image: NewImage): Promise<void>
  /** Deletes the image, its tags and its references to blobs and children; its blobs count as needed until now. */
  delete(repositoryId: number, digest: Digest, at: Date): Promise<void>
  /** Notes where an image is kept from now on, and since when. */
  setStorage(repositoryId: number, digest: Digest, storage: ImageStorage): Promise<void>
  /** Records pulls; an image that is gone is passed over, an earlier time never replaces a later one. */
  recordPulls(
    pulls: readonly { readonly repositoryId: number; readonly digest: Digest; readonly at: Date }[],
  ): Promise<void>
}
