import type { TrailRecord } from '../../core/trail/trail-record.ts'
import type { MetadataStore } from '../../stores/metadata/metadata-store.ts'

/** Records of one batch; what comes on top is lost, and told so. */
const mostRecords = 20_000

/** Told as often as it happened, by one record. */
interface Counted {
  readonly record: TrailRecord
  count: number
  until: Date
}

/** How soon records are written. */
export interface TrailPace {
  /** Milliseconds that changes and denials wait at the most. */
  readonly soon: number
  /** Milliseconds that what is only counted waits at the most. */
  readonly late: number
}

/**
 * Gathers the audit trail in memory and writes it in batches: changes and denials soon, pulls late; what repeats itself within a
 * batch is one record that counts. However much comes, memory is bounded, and a request waits for no disk.
 */
export class TrailRecorder implements AsyncDisposable {
  readonly #metadata: MetadataStore
  readonly #pace: TrailPace
  readonly #onError: (error: unknown) => void
  #records: TrailRecord[] = []
  #denials = new Map<string, Counted>()
  #reads = new Map<string, Counted>()
  #lost = 0
  #soon: NodeJS.Timeout | undefined
  #late: NodeJS.Timeout | undefined
  #writing: Promise<void> = Promise.resolve()

  constructor(options: {
    readonly metadata: MetadataStore
    readonly pace: TrailPace
    readonly onError: (error: unknown) => void
  }) {
    this.#metadata = options.metadata
    this.#pace = options.pace
    this.#onError = options.onError
  }

  /** Records that were lost because too many came, since the last batch. */
  get lost(): number {
    return this.#lost
  }

  /** One for each time. */
  add(record: TrailRecord): void {
    if (this.#records.length < mostRecords) this.#records.push(record)
    else this.#lost++
    this.#writeSoon()
  }

  /** One for all that have this key within a batch; `make` is called for the first. */
  countDenial(key: string, at: Date, make: () => TrailRecord): void {
    this.#count(this.#denials, { key, at, make })
    this.#writeSoon()
  }

  /** The same for what changes nothing. */
  countRead(key: string, at: Date, make: () => TrailRecord): void {
    this.#count(this.#reads, { key, at, make })
    this.#late ??= setTimeout(() => void this.flush(), this.#pace.late).unref()
  }

  /** Writes everything; resolves when it is stored, or given up. */
  flush(): Promise<void> {
    return this.#write([...this.#takeSoon(), ...this.#takeLate()])
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.flush()
  }

  #count(
    counted: Map<string, Counted>,
    { key, at, make }: { readonly key: string; readonly at: Date; readonly make: () => TrailRecord },
  ): void {
    const known = counted.get(key)
    if (known !== undefined) {
      known.count++
      known.until = at
    } else if (counted.size < mostRecords) counted.set(key, { record: make(), count: 1, until: at })
    else this.#lost++
  }

  #writeSoon(): void {
    this.#soon ??= setTimeout(() => void this.#write(this.#takeSoon()), this.#pace.soon).unref()
  }

  #takeSoon(): TrailRecord[] {
    clearTimeout(this.#soon)
    this.#soon = undefined
    const [records, denials] = [this.#records, this.#denials]
    this.#records = []
    this.#denials = new Map()
    return [...records, ...Array.from(denials.values(), asRecord)]
  }

  #takeLate(): TrailRecord[] {
    clearTimeout(this.#late)
    this.#late = undefined
    const reads = this.#reads
    this.#reads = new Map()
    return Array.from(reads.values(), asRecord)
  }

  #write(records: readonly TrailRecord[]): Promise<void> {
    this.#writing = this.#writing.then(() => this.#store(records))
    return this.#writing
  }

  async #store(records: readonly TrailRecord[]): Promise<void> {
    if (records.length === 0) return
    const lost = this.#lost
    this.#lost = 0
    if (lost > 0) this.#onError(new TrailRecordsLostError(lost))
    try {
      await this.#metadata.write((tx) => tx.trail.add(records.toSorted((one, other) => +one.at - +other.at)))
    } catch (cause) {
      this.#onError(new TrailRecordsLostError(records.length, { cause }))
    }
  }
}

/** Part of the audit trail is in the log's audit lines alone. */
export class TrailRecordsLostError extends Error {
  override readonly name = 'TrailRecordsLostError'
  constructor(count: number, options?: ErrorOptions) {
    super(`${count} records of the audit trail could not be kept`, options)
  }
}

function asRecord({ record, count, until }: Counted): TrailRecord {
  return count === 1 ? record : { ...record, count, until }
}
