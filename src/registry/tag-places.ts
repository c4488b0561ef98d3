import type { TagPlace } from '../core/images/push.ts'
import type { Tag } from '../core/names/tag.ts'
import type { Repository } from '../core/repositories/repository.ts'
import { immutableBy } from '../core/repositories/tag-mutability.ts'
import type { MetadataTransaction } from '../stores/metadata/metadata-store.ts'

/** Where each of the tags is in a locked repository, and whether it may leave. */
export async function tagPlaces(
  tx: MetadataTransaction,
  { id, tagMutability }: Repository,
  names: readonly Tag[],
): Promise<TagPlace[]> {
  const places: TagPlace[] = []
  for (const name of names) {
    const current = await tx.tags.find(id, name)
    places.push({ name, current, immutableBy: immutableBy(tagMutability, name) })
  }
  return places
}
