import type { MetadataStore, MetadataTransaction } from './metadata-store.ts'

export interface DelayedBatchOptions<Value> {
  readonly metadata: MetadataStore
  /** Milliseconds from the first value of a batch until it is written. */
  readonly delay: number
  /** Keys that one batch may hold; values of further ones are passed over, so that memory is bounded whatever happens. */
  readonly most: number
  /** Stores a batch. */
  readonly write: (tx: MetadataTransaction, batch: ReadonlyMap<string, Value>) => Promise<void>
  /** What is kept of two values with the same key; the later one unless told. */
  readonly merge?: (earlier: Value, later: Value) => Value
  readonly onError: (error: unknown) => void
}

/**
 * Gathers values by key in memory and writes them in one transaction, never twice at once, and on dispose: for what no request should
 * wait for. When a batch can't be written `onError` hears of it, and it goes with the next one.
 */
export class DelayedBatch<Value> implements AsyncDisposable {
  readonly #options: DelayedBatchOptions<Value>
  #pending = new Map<string, Value>()
  #timer: NodeJS.Timeout | undefined
  #writing: Promise<void> = Promise.resolve()

  constructor(options: DelayedBatchOptions<Value>) {
    this.#options = options
  }

  /** Costs no input or output. */
  add(key: string, value: Value): void {
    const earlier = this.#pending.get(key)
    this.#put(key, earlier === undefined ? value : this.#merged(earlier, value))
    this.#timer ??= setTimeout(() => void this.flush(), this.#options.delay).unref()
  }

  /** Writes after whatever is being written now; resolves when it is stored, or kept for the next time. */
  flush(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#write())
    return this.#writing
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.flush()
  }

  async #write(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const batch = this.#pending
    if (batch.size === 0) return
    this.#pending = new Map()
    const { metadata, write, onError } = this.#options
    try {
      await metadata.write((tx) => write(tx, batch))
    } catch (error) {
      onError(error)
      for (const [key, earlier] of batch) {
        const later = this.#pending.get(key)
        this.#put(key, later === undefined ? earlier : this.#merged(earlier, later))
      }
    }
  }

  #put(key: string, value: Value): void {
    if (this.#pending.has(key) || this.#pending.size < this.#options.most) this.#pending.set(key, value)
  }

  #merged(earlier: Value, later: Value): Value {
    return this.#options.merge?.(earlier, later) ?? later
  }
}
