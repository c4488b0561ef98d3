import type { RepositoryKey } from '../core/names/registry-key.ts'
import { lockRepository } from './lock-repository.ts'
import type { Registry } from './registry.ts'

/** Takes resource tags off a repository; keys it doesn't have are passed over. @throws RepositoryNotFoundError */
export async function removeResourceTags(
  registry: Registry,
  key: RepositoryKey,
  tagKeys: readonly string[],
): Promise<void> {
  await registry.metadata.write(async (tx) => {
    const { id } = await lockRepository(tx, key)
    await tx.resourceTags.remove(id, tagKeys)
  })
}
