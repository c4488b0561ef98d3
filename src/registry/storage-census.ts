import { setTimeout as pause } from 'node:timers/promises'
import type { Digest } from '../core/names/digest.ts'
import type { FigureReader } from '../stores/metadata/figures.ts'

/** What is stored in all repositories together; a blob that several have counts once. */
export interface StorageUse {
  readonly blobs: number
  readonly bytes: number
}

/** Some hundred microseconds' work for SQLite. */
const atOnce = 1_000

/**
 * Counts what is stored, a little at a time and only while somebody asks, so that a million blobs are counted within seconds and
 * no request waits for it.
 */
export class StorageCensus {
  readonly #figures: FigureReader
  readonly #freshMs: number
  readonly #onError: (error: unknown) => void
  readonly #stopping = new AbortController()
  #latest: StorageUse | undefined
  #countedAt = Number.NEGATIVE_INFINITY
  #counting: Promise<void> | undefined

  /** `freshMs`: how old a count may be before a question starts another. */
  constructor(options: {
    readonly figures: FigureReader
    readonly freshMs: number
    readonly onError: (error: unknown) => void
  }) {
    this.#figures = options.figures
    this.#freshMs = options.freshMs
    this.#onError = options.onError
  }

  /** The latest complete count; undefined before the first is done. Never waits. */
  get latest(): StorageUse | undefined {
    if (performance.now() - this.#countedAt > this.#freshMs) this.#counting ??= this.#count()
    return this.#latest
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping.abort()
    await this.#counting
  }

  async #count(): Promise<void> {
    try {
      this.#latest = await this.#sum()
    } catch (error) {
      if (!this.#stopping.signal.aborted) this.#onError(error)
    }
    this.#countedAt = performance.now()
    this.#counting = undefined
  }

  async #sum(): Promise<StorageUse> {
    let [blobs, bytes] = [0, 0]
    let after: Digest | undefined
    for (;;) {
      const page = await this.#figures.sumBlobs(after, atOnce)
      blobs += page.blobs
      bytes += page.bytes
      if (page.blobs < atOnce) return { blobs, bytes }
      after = page.last
      await pause(5, undefined, { signal: this.#stopping.signal })
    }
  }
}
