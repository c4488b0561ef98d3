import { type Digest, isDigest } from '../../core/names/digest.ts'
import type { PreviewResult } from './lifecycle.ts'

/**
 * Results of a preview as they are stored. They are packed as soon as there are enough for a chunk: a million small objects that wait to be
 * written would have to be moved about by the garbage collector.
 */
export interface PackedResults {
  /** When the newest of them was pushed, in ms since 1970, and the oldest. */
  readonly newestAt: number
  readonly oldestAt: number
  /** JSON. */
  readonly text: string
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

/** @param results at least one */
export function packResults(results: readonly PreviewResult[]): PackedResults {
  let [newestAt, oldestAt] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  const rows = results.map((result): ResultRow => {
    const { digest, tags, priority } = result
    const pushedAt = result.pushedAt.getTime()
    newestAt = Math.max(newestAt, pushedAt)
    oldestAt = Math.min(oldestAt, pushedAt)
    return [digest, pushedAt, priority, effectCode(result), ...tags]
  })
  return { newestAt, oldestAt, text: JSON.stringify(rows) }
}

/** Their objects again. @throws TypeError for a text that `packResults` didn't make */
export function unpackResults(text: string): PreviewResult[] {
  const rows: unknown = JSON.parse(text)
  if (!Array.isArray(rows)) throw new TypeError('Not a list of preview results')
  return rows.map(toResult)
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
