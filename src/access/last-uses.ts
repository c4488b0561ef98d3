import { LRUCache } from 'lru-cache'
import { DelayedBatch } from '../stores/metadata/delayed-batch.ts'
import type { MetadataStore, MetadataTransaction } from '../stores/metadata/metadata-store.ts'

/** Milliseconds within which what goes on doing the same is written down once. */
const resolution = 60_000
/** Milliseconds that uses are gathered. */
const gathering = 5_000
const usesKept = 10_000

/** When, and as far as it is known for what and where. */
export interface Use {
  readonly at: Date
  readonly service?: string
  readonly region?: string
}

/**
 * Remembers when each key, role or robot was used last: gathered in memory, and written at most once a minute for each of them, and for
 * another service or region. When a batch can't be written `onError` hears of it, and it goes with the next one.
 */
export class LastUses<Noted extends Use> implements AsyncDisposable {
  readonly #latest = new LRUCache<string, Noted>({ max: usesKept })
  readonly #batch: DelayedBatch<Noted>

  constructor(options: {
    readonly metadata: MetadataStore
    /** Keeps the later one of what is known and what is new; passes over what isn't there any more. */
    readonly record: (tx: MetadataTransaction, id: string, use: Noted) => Promise<void>
    readonly onError: (error: unknown) => void
  }) {
    const { metadata, record, onError } = options
    this.#batch = new DelayedBatch<Noted>({
      metadata,
      delay: gathering,
      most: usesKept,
      onError,
      async write(tx, batch) {
        for (const [id, use] of inOrder(batch)) await record(tx, id, use)
      },
    })
  }

  /** Costs no input or output. */
  note(id: string, use: Noted): void {
    const known = this.#latest.get(id)
    if (known && isSame(known, use)) return
    this.#latest.set(id, use)
    this.#batch.add(id, use)
  }

  /** Resolves when all that was noted is stored, or kept for the next time. */
  flush(): Promise<void> {
    return this.#batch.flush()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.flush()
  }
}

function isSame(known: Use, { at, service, region }: Use): boolean {
  return (
    known.service === service &&
    known.region === region &&
    at.getTime() - known.at.getTime() < resolution &&
    at >= known.at
  )
}

/** In one order everywhere, so that two processes that write at once don't wait for each other in a circle. */
function inOrder<Noted>(batch: ReadonlyMap<string, Noted>): [string, Noted][] {
  return [...batch].toSorted(([one], [other]) => (one < other ? -1 : 1))
}
