import type { RepositoryKey } from '../core/names/registry-key.ts'
import type { Repository } from '../core/repositories/repository.ts'
import type { MetadataTransaction } from '../stores/metadata/metadata-store.ts'
import { lockRepository } from './lock-repository.ts'
import type { Registry } from './registry.ts'

/**
 * Changes a repository's own row while it is locked. The cache forgets it also when the write fails, since a
 * connection lost at the end doesn't tell whether it was stored.
 *
 * @throws RepositoryNotFoundError
 */
export async function changeRepository<Result>(
  registry: Registry,
  key: RepositoryKey,
  change: (tx: MetadataTransaction, repository: Repository) => Promise<Result>,
): Promise<Result> {
  try {
    return await registry.metadata.write(async (tx) => change(tx, await lockRepository(tx, key)))
  } finally {
    registry.repositories.drop(key)
  }
}
