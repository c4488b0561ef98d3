import type { Insertable, Selectable } from 'kysely'
import type { Change, DeletedImage } from '../../../core/images/change.ts'
import { isTag } from '../../../core/names/tag.ts'
import type { KeptChange } from '../history.ts'
import type { DeletedImageTable, TagHistoryTable } from '../schema/images.ts'
import { toImage } from './image-row.ts'

/** The columns that make a DeletedImage: all but the manifest's bytes. */
export const deletedImageColumns = [
  'digest',
  'media_type',
  'manifest_bytes',
  'size_in_bytes',
  'artifact_type',
  'subject',
  'pushed_at',
  'last_pulled_at',
  'storage',
  'last_archived_at',
  'last_activated_at',
  'tags',
  'deleted_at',
  'deletion',
  'actor',
  'reason',
] as const

export function toDeletedImage(
  row: Pick<Selectable<DeletedImageTable>, (typeof deletedImageColumns)[number]>,
): DeletedImage {
  const tags: unknown = JSON.parse(row.tags)
  if (!Array.isArray(tags)) throw new TypeError(`Not a list of tags: ${row.tags}`)
  return {
    image: toImage(row),
    tags: tags.filter((tag) => typeof tag === 'string').filter(isTag),
    at: new Date(row.deleted_at),
    cause: { actor: row.actor, reason: row.reason },
    deletion: row.deletion,
  }
}

export function toChange(row: Selectable<TagHistoryTable>): KeptChange {
  return {
    id: row.id,
    ...(row.tag !== null && { tag: row.tag }),
    ...(row.from_digest !== null && { from: row.from_digest }),
    ...(row.to_digest !== null && { to: row.to_digest }),
    at: new Date(row.changed_at),
    actor: row.actor,
    reason: row.reason,
  }
}

export function toChangeRow(
  repositoryId: number,
  { tag, from, to, at, actor, reason }: Change,
): Insertable<TagHistoryTable> {
  return {
    repository_id: repositoryId,
    tag: tag ?? null,
    from_digest: from ?? null,
    to_digest: to ?? null,
    changed_at: at.getTime(),
    actor,
    reason,
  }
}
