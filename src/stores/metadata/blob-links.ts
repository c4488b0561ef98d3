import type { Blob } from '../../core/images/blob.ts'
import type { Digest } from '../../core/names/digest.ts'
import type { RegistryKey } from '../../core/names/registry-key.ts'
import type { RepositoryName } from '../../core/names/repository-name.ts'

/** Which blobs a repository may show: bytes are shared by digest, the right to read them is not. */
export interface BlobLinks {
  /** A blob that may be read: one that archived images alone need may not, unless it was linked anew since they went there. */
  find(repositoryId: number, digest: Digest): Promise<Blob | undefined>
  /** Those of the digests that the repository links and that may not be read. */
  archived(repositoryId: number, digests: readonly Digest[]): Promise<Digest[]>
  /** Those of the digests that the repository links, in any order. */
  findMany(repositoryId: number, digests: readonly Digest[]): Promise<Blob[]>
  /** Names of at most `limit` repositories of this registry that link the blob, the oldest repository first. */
  holders(registry: RegistryKey, digest: Digest, limit: number): Promise<RepositoryName[]>
  /** Whether an image of the repository refers to the blob. */
  isReferenced(repositoryId: number, digest: Digest): Promise<boolean>
  /** How many blobs the whole installation has, and their bytes. It walks over all of them: not for every request. */
  total(): Promise<{ readonly blobs: number; readonly bytes: number }>
  /** Those of the digests whose link no image needs, and nobody has relied on since `before`: it may soon be gone. */
  unreliable(repositoryId: number, digests: readonly Digest[], before: Date): Promise<Digest[]>
}

export interface BlobLinkWriter {
  /**
   * Links a blob whose bytes are already in the blob store, and images that lacked it need it from now on; a link
   * that exists is needed anew. With `mustLook` the bytes may
   * be gone again, since nobody linked them until now: the caller looks before the transaction ends, and if they are gone
   * lets it fail. Until it ends they stay as they are.
   */
  add(repositoryId: number, blob: Blob, at: Date): Promise<{ readonly mustLook: boolean }>
  /** Notes that someone relies on these links; those that are gone are passed over. */
  rely(repositoryId: number, digests: readonly Digest[], at: Date): Promise<void>
  /** Takes the blob out of the repository; its bytes stay for whoever else links them. */
  remove(repositoryId: number, digest: Digest, at: Date): Promise<void>
}
