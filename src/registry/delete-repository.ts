import { imageDeleted } from '../core/events/image-deleted.ts'
import { repositoryChanged } from '../core/events/repository-changed.ts'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import { RepositoryNotEmptyError } from '../core/repositories/errors.ts'
import type { Repository } from '../core/repositories/repository.ts'
import type { ImageCursor } from '../stores/metadata/images.ts'
import type { MetadataTransaction } from '../stores/metadata/metadata-store.ts'
import { changeRepository } from './change-repository.ts'
import { emitEvents } from './emit-events.ts'
import type { Registry } from './registry.ts'

/** Images told of at once, so that a large repository needs no more memory than a small one. */
const imagesAtOnce = 500

/**
 * Deletes a repository with everything that belongs to it and resolves to what it was. Blobs that are being read
 * are read to their end. Each image is told of as if it had been deleted by itself.
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
    await tellOfImages(tx, registry, repository)
    await tx.repositories.delete(repository.id, registry.now())
    await emitEvents(tx, registry, [repositoryChanged(key, { action: 'DELETE' })])
    return repository
  })
  registry.manifests.dropRepository(deleted.id)
  return deleted
}

async function tellOfImages(
  tx: MetadataTransaction,
  registry: Registry,
  repository: Repository,
): Promise<void> {
  let after: ImageCursor | undefined
  do {
    const page = { tagStatus: 'ANY', imageStatus: 'ANY', after, limit: imagesAtOnce } as const
    const images = await tx.images.list(repository.id, page)
    const tags = await tx.tags.ofImages(
      repository.id,
      images.map(({ digest }) => digest),
    )
    const gone = images.flatMap((image) =>
      (tags.get(image.digest) ?? [undefined]).map((tag) => imageDeleted(repository, image, tag)),
    )
    await emitEvents(tx, registry, gone)
    after = images.length < imagesAtOnce ? undefined : images.at(-1)
  } while (after !== undefined)
}
