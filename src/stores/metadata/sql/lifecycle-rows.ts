import type { Insertable, Selectable } from 'kysely'
import type { Digest } from '../../../core/names/digest.ts'
import type {
  LifecyclePreview,
  PackedChunk,
  PreviewChunk,
  SizedImage,
  StoredLifecyclePolicy,
} from '../lifecycle.ts'
import { unpackResults } from '../packed-results.ts'
import type {
  LifecyclePolicyTable,
  LifecyclePreviewChunkTable,
  LifecyclePreviewTable,
} from '../schema/images.ts'
import { storageState } from './image-row.ts'

/** What is read of an image for a policy; `tags` has a blank between two. */
export interface LifecycleImageRow {
  readonly digest: Digest
  readonly pushed_at: number
  readonly last_pulled_at: number | null
  readonly size_in_bytes: number
  readonly tags: string | null
  readonly storage: number
  readonly last_archived_at: number | null
  readonly last_activated_at: number | null
  readonly protected_by: 'index' | 'archived-index' | 'subject' | null
}

export function toSizedImage(row: LifecycleImageRow): SizedImage {
  return {
    digest: row.digest,
    tags: row.tags === null ? [] : row.tags.split(' '),
    pushedAt: new Date(row.pushed_at),
    lastPulledAt: toDate(row.last_pulled_at),
    lastArchivedAt: toDate(row.last_archived_at),
    lastActivatedAt: toDate(row.last_activated_at),
    storage: storageState(row.storage),
    sizeInBytes: row.size_in_bytes,
    protectedBy: row.protected_by ?? undefined,
  }
}

function toDate(time: number | null): Date | undefined {
  return time === null ? undefined : new Date(time)
}

export function toPolicy(row: Selectable<LifecyclePolicyTable>): StoredLifecyclePolicy {
  return {
    id: row.id,
    text: row.text,
    language: row.language,
    putAt: new Date(row.put_at),
    ...(row.last_evaluated_at !== null && { lastEvaluatedAt: new Date(row.last_evaluated_at) }),
  }
}

export function toPreview(row: Selectable<LifecyclePreviewTable>): LifecyclePreview {
  const { text, language, status, run, expiring, archiving } = row
  return { text, language, status, startedAt: new Date(row.started_at), run, expiring, archiving }
}

export function toChunkRow(
  repositoryId: number,
  run: number,
  { place, results }: PackedChunk,
): Insertable<LifecyclePreviewChunkTable> {
  const { newestAt: newest_at, oldestAt: oldest_at, text } = results
  return { repository_id: repositoryId, run, place, newest_at, oldest_at, results: text }
}

export function toChunk({
  place,
  results,
}: Pick<Selectable<LifecyclePreviewChunkTable>, 'place' | 'results'>): PreviewChunk {
  return { place, results: unpackResults(results) }
}
