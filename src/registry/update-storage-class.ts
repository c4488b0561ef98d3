import { ImageNotFoundError } from '../core/images/errors.ts'
import type { StorageClass, StorageState } from '../core/images/storage.ts'
import { checkStorageChange } from '../core/images/storage-change.ts'
import type { Digest } from '../core/names/digest.ts'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import type { Repository } from '../core/repositories/repository.ts'
import type { MetadataTransaction } from '../stores/metadata/metadata-store.ts'
import { beginActivation } from './activate-image.ts'
import { archiveImages } from './archive-image.ts'
import { evaluateSoon } from './lifecycle/evaluate-soon.ts'
import { lockRepository } from './lock-repository.ts'
import type { Registry } from './registry.ts'

/**
 * Archives an image, which can't be pulled from then on, or has it brought back. Resolves to the state it is in after the call: on its
 * way back it is `ACTIVATING` until a job has seen that all its bytes are there.
 *
 * @throws RepositoryNotFoundError, ImageNotFoundError, ImageStorageClassUpdateNotSupportedError
 * @see Amazon ECR user guide, "Archiving an image" and "Restoring an archived image"
 */
export async function updateStorageClass(
  registry: Registry,
  key: RepositoryKey,
  change: { readonly digest: Digest; readonly target: StorageClass },
): Promise<StorageState> {
  const { repository, archived } = await registry.metadata.write(async (tx) => {
    const repository = await lockRepository(tx, key)
    return { repository, archived: await apply(tx, registry, repository, change) }
  })
  registry.manifests.drop(repository.id, archived)
  return change.target === 'ARCHIVE' ? 'ARCHIVED' : 'ACTIVATING'
}

/** Resolves to what went to the archive. */
async function apply(
  tx: MetadataTransaction,
  registry: Registry,
  repository: Repository,
  { digest, target }: { readonly digest: Digest; readonly target: StorageClass },
): Promise<Digest[]> {
  const image = await tx.images.find(repository.id, digest)
  if (image === undefined) throw new ImageNotFoundError(repository, { digest })
  const indexes = await tx.images.activeIndexesOf(repository.id, digest)
  checkStorageChange({ digest, storage: image.storage, target, indexes })
  if (target === 'STANDARD') {
    await beginActivation(tx, registry, repository, image)
    return []
  }
  const archived = await archiveImages(tx, registry, repository, [image])
  await evaluateSoon(tx, repository, registry.now())
  return archived
}
