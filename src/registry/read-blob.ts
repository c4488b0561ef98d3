import type { Readable } from 'node:stream'
import type { Blob } from '../core/images/blob.ts'
import { LayerDamagedError, LayerInaccessibleError, LayerNotFoundError } from '../core/images/layer-errors.ts'
import type { Digest } from '../core/names/digest.ts'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import { BlobCutShortError, BlobMissingError, type ByteRange } from '../stores/blobs/blob-store.ts'
import { findRepository } from './find-repository.ts'
import type { Registry } from './registry.ts'

/**
 * A blob of this very repository: bytes are shared between repositories, the right to see them is not. Asked of the
 * store each time, so that no cache shows a blob that was taken out.
 *
 * @throws RepositoryNotFoundError, LayerNotFoundError
 * @throws LayerInaccessibleError when only archived images need it
 */
export async function statBlob(registry: Registry, key: RepositoryKey, digest: Digest): Promise<Blob> {
  const repository = registry.repositories.get(key) ?? (await findRepository(registry, key))
  const blob = await registry.metadata.blobLinks.find(repository.id, digest)
  if (blob === undefined) throw await refusal(registry, key, repository.id, digest)
  return blob
}

async function refusal({ metadata }: Registry, key: RepositoryKey, id: number, digest: Digest) {
  const [archived] = await metadata.blobLinks.archived(id, [digest])
  return archived === undefined
    ? new LayerNotFoundError(key, digest)
    : new LayerInaccessibleError(key, digest, 'archived')
}

/**
 * Streams a blob of this very repository, or the part of it in `range`; to its end, whatever is deleted meanwhile.
 *
 * @throws RepositoryNotFoundError, LayerNotFoundError, LayerInaccessibleError as statBlob does, LayerDamagedError
 */
export async function readBlob(
  registry: Registry,
  key: RepositoryKey,
  digest: Digest,
  range?: ByteRange,
): Promise<Readable> {
  await statBlob(registry, key, digest)
  try {
    return await registry.blobs.read(digest, range)
  } catch (error) {
    if (!(error instanceof BlobMissingError || error instanceof BlobCutShortError)) throw error
    // Taken out and collected since the look above, it is simply not there; otherwise it is damage.
    await statBlob(registry, key, digest)
    throw new LayerDamagedError(key, digest, { cause: error })
  }
}
