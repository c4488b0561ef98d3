import type { Blob } from '../../core/images/blob.ts'
import type { Digest } from '../../core/names/digest.ts'
import type { RepositoryKey } from '../../core/names/registry-key.ts'
import type { Tag } from '../../core/names/tag.ts'

/** Images as they are listed, or those that were deleted and can be restored. */
export type ManifestKind = 'listed' | 'deleted'

/** An image of a repository, by its names. */
export interface NamedManifest {
  readonly repository: RepositoryKey
  readonly digest: Digest
  /** Those that it has, or had when it was deleted. */
  readonly tags: readonly Tag[]
  readonly kind: ManifestKind
}

/** A manifest as it is stored. */
export interface StoredManifest {
  readonly kind: ManifestKind
  /** Counts up within its kind. */
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

/** How much there is to look at. */
export interface AuditTotal {
  readonly repositories: number
  readonly blobs: number
  readonly bytes: number
}

/**
 * Walks over what an installation keeps, to hold it against what is on the disk: over all of it, or over the repositories of one
 * name, in whatever account and region. What a damage harms is told of everywhere. Everything goes page by page.
 */
export interface Audit {
  total(): Promise<AuditTotal>
  /** Blobs by digest, but for those that garbage collection is about to remove. */
  blobs(page: { readonly after?: Digest | undefined; readonly limit: number }): Promise<Blob[]>
  /** Whether the blob is kept now: it may have been removed since it was listed. */
  keeps(digest: Digest): Promise<boolean>
  /** Manifests of a kind, in the order in which they came to it. */
  manifests(
    kind: ManifestKind,
    page: { readonly after: number; readonly limit: number },
  ): Promise<StoredManifest[]>
  /** What images list and their repository never had is not among them. */
  unlinkedBlobs(limit: number): Promise<UnlinkedBlob[]>
  /** Images that need the blob, in all repositories, deleted ones too. */
  usersOf(blob: Digest): Promise<NamedManifest[]>
  /** Repositories that have the blob, with or without an image that needs it. */
  holdersOf(blob: Digest): Promise<RepositoryKey[]>
  /** The names of one stored manifest. */
  namesOf(manifest: Omit<StoredManifest, 'content'>): Promise<NamedManifest>
}
