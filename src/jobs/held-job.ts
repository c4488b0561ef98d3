import type { JobLease } from '../stores/metadata/jobs.ts'
import type { MetadataStore } from '../stores/metadata/metadata-store.ts'

/** The lease ran out before it was renewed, so another worker may be at the job. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError'
  constructor({ kind, key }: JobLease) {
    super(`The lease of the job ${kind} '${key}' was lost`)
  }
}

/**
 * Keeps a job while it runs: renews its lease, passes its progress on, and aborts `signal` when the lease is lost. Disposing
 * ends the renewing, not the lease.
 */
export class HeldJob implements Disposable {
  readonly #metadata: MetadataStore
  readonly #lease: JobLease
  readonly #until: () => Date
  readonly #onError: (error: unknown) => void
  readonly #abort = new AbortController()
  readonly #timer: NodeJS.Timeout
  #progress: unknown

  constructor(options: {
    readonly metadata: MetadataStore
    readonly lease: JobLease
    /** Milliseconds between two renewals. */
    readonly renewEvery: number
    /** When a lease that is renewed now ends. */
    readonly until: () => Date
    readonly onError: (error: unknown) => void
  }) {
    this.#metadata = options.metadata
    this.#lease = options.lease
    this.#until = options.until
    this.#onError = options.onError
    this.#timer = setInterval(() => void this.#renew(), options.renewEvery).unref()
  }

  get signal(): AbortSignal {
    return this.#abort.signal
  }

  /** What the job told last. */
  get progress(): unknown {
    return this.#progress
  }

  tell(progress: unknown): void {
    this.#progress = progress
  }

  stop(reason: Error): void {
    this.#abort.abort(reason)
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer)
  }

  /** A renewal that can't be written is tried again at the next turn: the lease lasts for several. */
  async #renew(): Promise<void> {
    const renewal = { until: this.#until(), progress: this.#progress }
    try {
      const held = await this.#metadata.write((tx) => tx.jobs.renew(this.#lease, renewal))
      if (!held) this.stop(new LeaseLostError(this.#lease))
    } catch (error) {
      this.#onError(error)
    }
  }
}
