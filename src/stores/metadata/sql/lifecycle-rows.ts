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

/** What is read of an image for a policy; `tags` has a blank between two. */
export interface LifecycleImageRow {
  readonly digest: Digest
  readonly pushed_at: number
  readonly last_pulled_at: number | null
  readonly size_in_bytes: number
  readonly tags: string | null
  readonly protected_by: 'index' | 'subject' | null
}

export function toSizedImage(row: LifecycleImageRow): SizedImage {
  return {
    digest: row.digest,
    tags: row.tags === null ? [] : row.tags.split(' '),
    pushedAt: new Date(row.pushed_at),
    lastPulledAt: row.last_pulled_at === null ? undefined : new Date(row.last_pulled_at),
    storage: 'ACTIVE',
    sizeInBytes: row.size_in_bytes,
    protectedBy: row.protected_by ?? undefined,
  }
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
  const { text, language, status, run, expiring } = row
  return { text, language, status, startedAt: new Date(row.started_at), run, expiring }
}

type ResultRow = readonly [digest: Digest, pushedAt: number, priority: number, ...tags: string[]]

export function toChunkRow(
  repositoryId: number,
  run: number,
  { place, results }: PreviewChunk,
): Insertable<LifecyclePreviewChunkTable> {
  const rows = results.map(
    ({ digest, pushedAt, priority, tags }): ResultRow => [digest, pushedAt.getTime(), priority, ...tags],
  )
  return {
    repository_id: repositoryId,
    run,
    place,
    newest_at: rows.at(0)?.[1] ?? 0,
    oldest_at: rows.at(-1)?.[1] ?? 0,
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
  const [digest, pushedAt, priority, ...tags]: unknown[] = Array.isArray(row) ? row : []
  if (typeof digest !== 'string' || typeof pushedAt !== 'number' || typeof priority !== 'number') {
    throw new TypeError('Not a preview result')
  }
  if (!isDigest(digest)) throw new TypeError(`Not a digest: ${digest}`)
  return {
    digest,
    tags: tags.filter((tag) => typeof tag === 'string'),
    pushedAt: new Date(pushedAt),
    priority,
  }
}
