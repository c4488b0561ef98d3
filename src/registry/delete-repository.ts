import { RepositoryNotEmptyError } from '../core/errors.ts'
import { repositoryChanged } from '../core/events/repository-changed.ts'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import type { Repository } from '../core/repositories/repository.ts'
import { changeRepository } from './change-repository.ts'
import { emitEvents } from './emit-events.ts'
import type { Registry } from './registry.ts'

/**
 * Deletes a repository with everything that belongs to it and resolves to what it was. Blobs that are being read
 * are read to their end.
 *
 * @throws RepositoryNotFoundError, RepositoryNotEmptyError when it has an image, unless `images` is `delete`
 */
export async function deleteRepository(
  registry: Registry,
  key: RepositoryKey,
  options: { readonly images: 'refuse' | 'delete' },
): Promise<Repository> {
  const deleted = await changeRepository(registry, key, async (tx, repository) => {
    if (options.images === 'refuse' && (await tx.images.count(repository.id)) > 0) {
      throw new RepositoryNotEmptyError(key)
    }
    await tx.repositories.delete(repository.id, registry.now())
    await emitEvents(tx, registry, [repositoryChanged(key, { action: 'DELETE' })])
    return repository
  })
  registry.manifests.dropRepository(deleted.id)
  return deleted
}
