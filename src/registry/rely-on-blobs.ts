import type { Blob } from '../core/images/blob.ts'
import { LayerNotFoundError } from '../core/images/layer-errors.ts'
import type { Digest } from '../core/names/digest.ts'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import { findRepository } from './find-repository.ts'
import type { Registry } from './registry.ts'

/** The part of the grace period after which a look at a blob begins it anew: looking seldom writes, and protects for the rest. */
const freshPart = 1 / 4

/**
 * A blob of this very repository, for someone who will rely on it being there: garbage collection leaves it alone for three
 * quarters of the grace period at the least.
 *
 * @throws RepositoryNotFoundError, LayerNotFoundError
 */
export async function relyOnBlob(registry: Registry, key: RepositoryKey, digest: Digest): Promise<Blob> {
  const { id } = registry.repositories.get(key) ?? (await findRepository(registry, key))
  const [blob] = await relyOnBlobs(registry, id, [digest])
  if (blob === undefined) throw new LayerNotFoundError(key, digest)
  return blob
}

/**
 * Those of the digests that the repository has, for someone who will rely on them, as `relyOnBlob` says. Left out is what only archived
 * images need, and a blob whose bytes the store has lost, or not all of: then the push brings it again, which heals it.
 */
export async function relyOnBlobs(
  { metadata, blobs, now, garbage }: Registry,
  repositoryId: number,
  digests: readonly Digest[],
): Promise<Blob[]> {
  const at = now()
  const before = new Date(at.getTime() - garbage.grace * freshPart)
  const unreliable = await metadata.blobLinks.unreliable(repositoryId, digests, before)
  if (unreliable.length > 0) await metadata.write((tx) => tx.blobLinks.rely(repositoryId, unreliable, at))
  // Looked up last: a link that is gone by now is not answered, and one that came meanwhile is fresh.
  const archived = new Set(await metadata.blobLinks.archived(repositoryId, digests))
  const found = await metadata.blobLinks.findMany(repositoryId, digests)
  const linked = found.filter(({ digest }) => !archived.has(digest))
  const stored = await Promise.all(linked.map(({ digest }) => blobs.size(digest)))
  return linked.filter(({ size }, index) => stored[index] === size)
}
