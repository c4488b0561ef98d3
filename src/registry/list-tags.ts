import type { RepositoryKey } from '../core/names/registry-key.ts'
import type { Tag } from '../core/names/tag.ts'
import { findRepository } from './find-repository.ts'
import type { Registry } from './registry.ts'

/**
 * One page of a repository's tags in byte order, from the first after `after`, which may be any text.
 *
 * @returns `more`: whether another page follows; never after an empty one
 * @throws RepositoryNotFoundError
 */
export async function listTags(
  registry: Registry,
  key: RepositoryKey,
  page: { readonly after?: string | undefined; readonly limit: number },
): Promise<{ tags: Tag[]; more: boolean }> {
  const { id } = await findRepository(registry, key)
  if (page.limit < 1) return { tags: [], more: false }
  // No tag has a NUL, and PostgreSQL takes none: what comes before it marks the same place.
  const after = page.after?.split('\0', 1)[0]
  const tags = await registry.metadata.tags.list(id, { after, limit: page.limit + 1 })
  return { tags: tags.slice(0, page.limit), more: tags.length > page.limit }
}
