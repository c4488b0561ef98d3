import { LayerNotFoundError, LayerReferencedByImageError } from '../core/images/layer-errors.ts'
import type { Digest } from '../core/names/digest.ts'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import { lockRepository } from './lock-repository.ts'
import type { Registry } from './registry.ts'

/**
 * Takes a blob that no image needs out of the repository. Its bytes stay for the repositories that have it too.
 *
 * @throws RepositoryNotFoundError, LayerNotFoundError, LayerReferencedByImageError
 */
export async function deleteBlob(registry: Registry, key: RepositoryKey, digest: Digest): Promise<void> {
  await registry.metadata.write(async (tx) => {
    const { id } = await lockRepository(tx, key)
    if ((await tx.blobLinks.find(id, digest)) === undefined) throw new LayerNotFoundError(key, digest)
    if (await tx.blobLinks.isReferenced(id, digest)) throw new LayerReferencedByImageError(key, digest)
    await tx.blobLinks.remove(id, digest, registry.now())
  })
}
