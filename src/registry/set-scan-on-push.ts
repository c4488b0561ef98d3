import type { RepositoryKey } from '../core/names/registry-key.ts'
import { changeRepository } from './change-repository.ts'
import type { Registry } from './registry.ts'

/** Sets whether images are scanned when they come in. @throws RepositoryNotFoundError */
export function setScanOnPush(registry: Registry, key: RepositoryKey, scanOnPush: boolean): Promise<void> {
  return changeRepository(registry, key, (tx, { id }) => tx.repositories.setScanOnPush(id, scanOnPush))
}
