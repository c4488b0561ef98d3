import type { RepositoryKey } from '../core/names/registry-key.ts'
import type { Repository } from '../core/repositories/repository.ts'
import type { MetadataTransaction } from '../stores/metadata/metadata-store.ts'
import { lockRepository } from './lock-repository.ts'
import type { Registry } from './registry.ts'

/**
 * Changes a repository, or what its owner says about it, while it is locked. The caches forget it also when the write fails, since a
 * connection lost at the end doesn't tell whether it was stored.
 *
 * @throws RepositoryNotFoundError
 */
export async function changeRepository<Result>(
  registry: Registry,
  key: RepositoryKey,
  change: (tx: MetadataTransaction, repository: Repository) => Promise<Result>,
): Promise<Result> {
  let id: number | undefined
  try {
    return await registry.metadata.write(async (tx) => {
      const repository = await lockRepository(tx, key)
      id = repository.id
      return change(tx, repository)
    })
  } finally {
    registry.repositories.drop(key)
    if (id !== undefined) registry.rules.repositories.drop(id)
  }
}
