import type { Blob } from '../core/images/blob.ts'
import type { MetadataTransaction } from '../stores/metadata/metadata-store.ts'
import type { Registry } from './registry.ts'

/** The bytes were collected as garbage just before the blob was linked. Whoever links it has another way, or none. */
export class BlobVanishedError extends Error {
  override readonly name = 'BlobVanishedError'
}

/**
 * Links a blob that is in the blob store to a repository that is locked. Garbage collection can't take its bytes from here on;
 * should it have taken them a moment ago, the transaction must fail.
 *
 * @throws BlobVanishedError
 */
export async function linkBlob(
  tx: MetadataTransaction,
  { blobs, now }: Registry,
  repositoryId: number,
  blob: Blob,
): Promise<void> {
  const { mustLook } = await tx.blobLinks.add(repositoryId, blob, now())
  if (mustLook && (await blobs.size(blob.digest)) === undefined) throw new BlobVanishedError()
}
