import type { Blob } from '../../core/images/blob.ts'
import type { Digest } from '../../core/names/digest.ts'
import type { RepositoryKey } from '../../core/names/registry-key.ts'
import type { Tag } from '../../core/names/tag.ts'

/** An image of a repository, by its names. */
export interface NamedManifest {
  readonly repository: RepositoryKey
  readonly digest: Digest
  readonly tags: readonly Tag[]
}

/** A manifest as it is stored. */
export interface StoredManifest {
  readonly imageId: number
  readonly repository: RepositoryKey
  readonly digest: Digest
  readonly content: Uint8Array
}

/** A blob that an image needs and its repository doesn't have. */
export interface UnlinkedBlob {
  readonly image: NamedManifest
  readonly blob: Digest
}

/** Walks over all that the whole installation keeps, to hold it against what is on the disk. Everything goes page by page. */
export interface Audit {
  total(): Promise<{ readonly blobs: number; readonly bytes: number }>
  /** Blobs by digest, but for those that garbage collection is about to remove. */
  blobs(page: { readonly after?: Digest | undefined; readonly limit: number }): Promise<Blob[]>
  /** Whether the blob is kept now: it may have been removed since it was listed. */
  keeps(digest: Digest): Promise<boolean>
  /** Manifests in the order in which they came. */
  manifests(page: { readonly after: number; readonly limit: number }): Promise<StoredManifest[]>
  unlinkedBlobs(limit: number): Promise<UnlinkedBlob[]>
  /** Images that need the blob, in all repositories. */
  usersOf(blob: Digest): Promise<NamedManifest[]>
  /** Repositories that have the blob, with or without an image that needs it. */
  holdersOf(blob: Digest): Promise<RepositoryKey[]>
  /** The names of one stored manifest. */
  namesOf(manifest: Pick<StoredManifest, 'imageId' | 'repository' | 'digest'>): Promise<NamedManifest>
}
