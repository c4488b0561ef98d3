import type { Digest } from '../core/names/digest.ts'
import type { MetadataStore } from '../stores/metadata/metadata-store.ts'

/** Images one batch may hold. */
const maxImages = 20_000

interface Pull {
  readonly repositoryId: number
  readonly digest: Digest
  readonly at: Date
}

/**
 * Gathers the latest pull of each image in memory and writes them in one batch `flushEvery` ms after the first, and
 * on dispose. When a batch can't be written, `onError` hears of it and it goes with the next one. A batch holds up to
 * 20,000 images; pulls of further ones are not counted, so that memory is bounded whatever happens.
 */
export class PullRecorder implements AsyncDisposable {
  readonly #metadata: MetadataStore
  readonly #flushEvery: number
  readonly #onError: (error: unknown) => void
  #pending = new Map<string, Pull>()
  #timer: NodeJS.Timeout | undefined
  #writing: Promise<void> = Promise.resolve()

  constructor(options: {
    readonly metadata: MetadataStore
    readonly flushEvery: number
    readonly onError: (error: unknown) => void
  }) {
    this.#metadata = options.metadata
    this.#flushEvery = options.flushEvery
    this.#onError = options.onError
  }

  /** Notes a pull; costs no input or output. */
  record(repositoryId: number, digest: Digest, at: Date): void {
    this.#keep({ repositoryId, digest, at })
    this.#timer ??= setTimeout(() => void this.flush(), this.#flushEvery).unref()
  }

  /** Writes what has been recorded so far; resolves when it is stored, or kept for the next time. */
  flush(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#write())
    return this.#writing
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.flush()
  }

  async #write(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const batch = this.#pending
    if (batch.size === 0) return
    this.#pending = new Map()
    try {
      await this.#metadata.write((tx) => tx.images.recordPulls([...batch.values()]))
    } catch (error) {
      this.#onError(error)
      for (const pull of batch.values()) this.#keep(pull)
    }
  }

  #keep(pull: Pull): void {
    const key = `${pull.repositoryId}/${pull.digest}`
    const known = this.#pending.get(key)
    if (known === undefined ? this.#pending.size < maxImages : known.at <= pull.at)
      this.#pending.set(key, pull)
  }
}
