import { LRUCache } from 'lru-cache'
import { DelayedWrites } from '../stores/metadata/delayed-writes.ts'
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
  readonly #metadata: MetadataStore
  readonly #record: (tx: MetadataTransaction, id: string, use: Noted) => Promise<void>
  readonly #onError: (error: unknown) => void
  readonly #latest = new LRUCache<string, Noted>({ max: usesKept })
  #pending = new Map<string, Noted>()
  readonly #writes: DelayedWrites

  constructor(options: {
    readonly metadata: MetadataStore
    /** Keeps the later one of what is known and what is new; passes over what isn't there any more. */
    readonly record: (tx: MetadataTransaction, id: string, use: Noted) => Promise<void>
    readonly onError: (error: unknown) => void
  }) {
    this.#metadata = options.metadata
    this.#record = options.record
    this.#onError = options.onError
    this.#writes = new DelayedWrites(gathering, () => this.#write())
  }

  /** Costs no input or output. */
  note(id: string, use: Noted): void {
    const known = this.#latest.get(id)
    if (known && isSame(known, use)) return
    this.#latest.set(id, use)
    this.#pending.set(id, use)
    this.#writes.ask()
  }

  /** Resolves when all that was noted is stored, or kept for the next time. */
  flush(): Promise<void> {
    return this.#writes.flush()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.flush()
  }

  async #write(): Promise<void> {
    const batch = this.#pending
    if (batch.size === 0) return
    this.#pending = new Map()
    try {
      await this.#metadata.write(async (tx) => {
        for (const [id, use] of inOrder(batch)) await this.#record(tx, id, use)
      })
    } catch (error) {
      this.#onError(error)
      this.#pending = new Map([...batch, ...this.#pending].slice(-usesKept))
    }
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
