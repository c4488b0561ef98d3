import type { RepositoryKey } from '../core/names/registry-key.ts'
import { RepositoryNotFoundError } from '../core/repositories/errors.ts'
import type { Repository } from '../core/repositories/repository.ts'
import type { Registry } from './registry.ts'

/**
 * A repository as it was within the caches' lifetime; what must be exact locks it in a transaction instead.
 *
 * @throws RepositoryNotFoundError
 */
export async function findRepository(registry: Registry, key: RepositoryKey): Promise<Repository> {
  const { repositories, metadata } = registry
  const repository =
    repositories.get(key) ?? (await repositories.load(key, () => metadata.repositories.find(key)))
  if (repository === undefined) throw new RepositoryNotFoundError(key)
  return repository
}
