import type { RepositoryKey } from '../core/names/registry-key.ts'
import { changeRepository } from './change-repository.ts'
import type { Registry } from './registry.ts'

/** Takes resource tags off a repository; keys it doesn't have are passed over. @throws RepositoryNotFoundError */
export async function removeResourceTags(
  registry: Registry,
  key: RepositoryKey,
  tagKeys: readonly string[],
): Promise<void> {
  await changeRepository(registry, key, (tx, { id }) => tx.resourceTags.remove(id, tagKeys))
}
