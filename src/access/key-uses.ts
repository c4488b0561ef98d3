import { LRUCache } from 'lru-cache'
import { DelayedWrites } from '../stores/metadata/delayed-writes.ts'
import type { KeyUse } from '../stores/metadata/iam.ts'
import type { MetadataStore } from '../stores/metadata/metadata-store.ts'

/** Milliseconds within which a key that goes on doing the same is written down once. */
const resolution = 60_000
/** Milliseconds that uses are gathered. */
const gathering = 5_000
const keysKept = 10_000

/**
 * Remembers when each access key was last signed with, as `GetAccessKeyLastUsed` tells: gathered in memory, and written at most once a
 * minute for each key, service and region. When a batch can't be written `onError` hears of it, and it goes with the next one.
 */
export class KeyUses implements AsyncDisposable {
  readonly #metadata: MetadataStore
  readonly #onError: (error: unknown) => void
  readonly #latest = new LRUCache<string, KeyUse>({ max: keysKept })
  #pending = new Map<string, KeyUse>()
  readonly #writes: DelayedWrites

  constructor(metadata: MetadataStore, onError: (error: unknown) => void) {
    this.#metadata = metadata
    this.#onError = onError
    this.#writes = new DelayedWrites(gathering, () => this.#write())
  }

  /** Costs no input or output. */
  note(keyId: string, use: KeyUse): void {
    const known = this.#latest.get(keyId)
    if (known && isSame(known, use)) return
    this.#latest.set(keyId, use)
    this.#pending.set(keyId, use)
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
        for (const [keyId, use] of inOrder(batch)) await tx.iam.recordKeyUse(keyId, use)
      })
    } catch (error) {
      this.#onError(error)
      this.#pending = new Map([...batch, ...this.#pending].slice(-keysKept))
    }
  }
}

function isSame(known: KeyUse, { at, service, region }: KeyUse): boolean {
  return (
    known.service === service &&
    known.region === region &&
    at.getTime() - known.at.getTime() < resolution &&
    at >= known.at
  )
}

/** In one order everywhere, so that two processes that write at once don't wait for each other in a circle. */
function inOrder(batch: ReadonlyMap<string, KeyUse>): [string, KeyUse][] {
  return [...batch].toSorted(([one], [other]) => (one < other ? -1 : 1))
}
