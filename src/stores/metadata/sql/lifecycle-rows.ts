import type { Insertable, Selectable } from 'kysely'
import type { Digest } from '../../../core/names/digest.ts'
import { isDigest } from '../../../core/names/digest.ts'
import type {
  LifecyclePreview,
  PreviewChunk,
  PreviewResult,
  SizedImage,
  StoredLifecyclePolicy,
} from '../lifecycle.ts'
import type { LifecyclePolicyTable, LifecyclePreviewChunkTable, LifecyclePreviewTable } from '../schema.ts'
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

type ResultRow = readonly [
  digest: Digest,
  pushedAt: number,
  priority: number,
  effect: number,
  ...tags: string[],
]

/** What may become of an image, by the number that stands for it in a chunk. */
const effects = [
  { action: 'expire', storage: 'standard' },
  { action: 'archive', storage: 'standard' },
  { action: 'expire', storage: 'archive' },
] as const

function effectCode({ action, storage }: PreviewResult): number {
  return effects.findIndex((effect) => effect.action === action && effect.storage === storage)
}

export function toChunkRow(
  repositoryId: number,
  run: number,
  { place, results }: PreviewChunk,
): Insertable<LifecyclePreviewChunkTable> {
  const rows = results.map(
    (result): ResultRow => [
      result.digest,
      result.pushedAt.getTime(),
      result.priority,
      effectCode(result),
      ...result.tags,
    ],
  )
  const times = rows.map(([, pushedAt]) => pushedAt)
  return {
    repository_id: repositoryId,
    run,
    place,
    newest_at: Math.max(...times),
    oldest_at: Math.min(...times),
    results: JSON.stringify(rows),
  }
}

export function toChunk({
  place,
  results,
}: Pick<Selectable<LifecyclePreviewChunkTable>, 'place' | 'results'>): PreviewChunk {
  const rows: unknown = JSON.parse(results)
  if (!Array.isArray(rows)) throw new TypeError('Not a list of preview results')
  return { place, results: rows.map(toResult) }
}

function toResult(row: unknown): PreviewResult {
  const [digest, pushedAt, priority, ...rest]: unknown[] = Array.isArray(row) ? row : []
  if (typeof digest !== 'string' || typeof pushedAt !== 'number' || typeof priority !== 'number') {
    throw new TypeError('Not a preview result')
  }
  if (!isDigest(digest)) throw new TypeError(`Not a digest: ${digest}`)
  return {
    digest,
    tags: rest.filter((tag) => typeof tag === 'string'),
    pushedAt: new Date(pushedAt),
    priority,
    ...(effects[Number(rest[0])] ?? effects[0]),
  }
}
