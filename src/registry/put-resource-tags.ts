import type { RepositoryKey } from '../core/names/registry-key.ts'
import { checkResourceTags, withResourceTags } from '../core/repositories/resource-tags.ts'
import { changeRepository } from './change-repository.ts'
import type { Registry } from './registry.ts'

/**
 * Puts resource tags on a repository; an existing key gets the new value.
 *
 * @throws RepositoryNotFoundError, TooManyTagsError (over 50 afterwards), InvalidTagParameterError
 */
export async function putResourceTags(
  registry: Registry,
  key: RepositoryKey,
  tags: ReadonlyMap<string, string>,
): Promise<void> {
  checkResourceTags(tags)
  await changeRepository(registry, key, async (tx, { id }) => {
    withResourceTags(await tx.resourceTags.of(id), tags)
    await tx.resourceTags.put(id, tags)
  })
}
