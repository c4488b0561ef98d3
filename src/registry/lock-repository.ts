import type { RepositoryKey } from '../core/names/registry-key.ts'
import { RepositoryNotFoundError } from '../core/repositories/errors.ts'
import type { Repository } from '../core/repositories/repository.ts'
import type { MetadataTransaction } from '../stores/metadata/metadata-store.ts'

/**
 * The repository as it is now, held until the transaction ends: nothing that matters to it changes meanwhile.
 *
 * @throws RepositoryNotFoundError
 */
export async function lockRepository(tx: MetadataTransaction, key: RepositoryKey): Promise<Repository> {
  const repository = await tx.repositories.lock(key)
  if (repository === undefined) throw new RepositoryNotFoundError(key)
  return repository
}
