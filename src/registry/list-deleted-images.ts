import type { DeletedImage } from '../core/images/change.ts'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import type { DeletedCursor } from '../stores/metadata/history.ts'
import { garbageBefore } from './collect-garbage.ts'
import { findRepository } from './find-repository.ts'
import type { Registry } from './registry.ts'

/**
 * A page of the images of a repository that can be restored, latest deletion first. What is older than the grace period is over,
 * whether it was forgotten already or not.
 *
 * @throws RepositoryNotFoundError
 */
export async function listDeletedImages(
  registry: Registry,
  key: RepositoryKey,
  page: { readonly after?: DeletedCursor | undefined; readonly limit: number },
): Promise<DeletedImage[]> {
  const { id } = await findRepository(registry, key)
  const deleted = await registry.metadata.history.deletedImages(id, page)
  const over = garbageBefore(registry)
  return deleted.filter(({ at }) => at >= over)
}
