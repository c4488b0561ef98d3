import type { RepositoryKey } from '../core/names/registry-key.ts'
import type { TagMutabilitySetting } from '../core/repositories/repository.ts'
import { changeRepository } from './change-repository.ts'
import type { Registry } from './registry.ts'

/**
 * Replaces whether tags may move, filters included. Tags that exist stay as they are; every push that is
 * acknowledged later obeys the new setting.
 *
 * @throws RepositoryNotFoundError
 */
export function setTagMutability(
  registry: Registry,
  key: RepositoryKey,
  setting: TagMutabilitySetting,
): Promise<void> {
  return changeRepository(registry, key, (tx, { id }) => tx.repositories.setTagMutability(id, setting))
}
