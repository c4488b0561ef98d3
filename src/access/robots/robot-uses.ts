import { DelayedWrites } from '../../stores/metadata/delayed-writes.ts'
import type { MetadataStore } from '../../stores/metadata/metadata-store.ts'

const minute = 60_000

/**
 * Gathers when robots were last used and writes it `flushEvery` ms after the first and on dispose, each robot once a minute at the
 * most. When that fails `onError` hears of it, and the next use is written instead.
 */
export class RobotUses implements AsyncDisposable {
  readonly #metadata: MetadataStore
  readonly #onError: (error: unknown) => void
  #written = new Map<string, number>()
  #pending = new Map<string, Date>()
  readonly #writes: DelayedWrites

  constructor(options: {
    readonly metadata: MetadataStore
    readonly flushEvery: number
    readonly onError: (error: unknown) => void
  }) {
    this.#metadata = options.metadata
    this.#onError = options.onError
    this.#writes = new DelayedWrites(options.flushEvery, () => this.#write())
  }

  /** Notes a use; costs no input or output. */
  record(id: string, at: Date): void {
    const written = this.#written.get(id)
    if (written !== undefined && at.getTime() - written < minute) return
    this.#pending.set(id, at)
    this.#writes.ask()
  }

  /** Writes what was noted so far. */
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
      await this.#metadata.write((tx) => tx.robots.recordUses(batch))
      this.#written = new Map([...batch].map(([id, at]) => [id, at.getTime()]))
    } catch (error) {
      this.#onError(error)
    }
  }
}
