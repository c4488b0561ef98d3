/**
 * A body as it arrives, to its end or to where it was cut off: iterating just stops there, and `throwIfCut` says why.
 * So a reader puts away what arrived whatever happens, and can tell a client's fault from its own.
 */
export class IncomingBytes implements AsyncIterable<Uint8Array> {
  readonly #body: AsyncIterable<Uint8Array>
  readonly #signal: AbortSignal | undefined
  #cut: { readonly reason: unknown } | undefined

  constructor(body: AsyncIterable<Uint8Array>, signal?: AbortSignal) {
    this.#body = body
    this.#signal = signal
  }

  /** Once: a body can't be read again. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    const chunks = this.#body[Symbol.asyncIterator]()
    using interruption = new Interruption(this.#signal)
    try {
      for (;;) {
        const next = await interruption.race(chunks.next())
        if (next.done) return
        yield next.value
      }
    } catch (reason) {
      this.#cut = { reason }
    } finally {
      // Not waited for: a body that says nothing any more doesn't answer this either.
      chunks.return?.().catch(() => {})
    }
  }

  throwIfCut(): void {
    if (this.#cut) throw this.#cut.reason
  }
}

/** Ends waiting when a signal says so. One listener serves a whole body, whatever its length. */
class Interruption implements Disposable {
  readonly #signal: AbortSignal | undefined
  #reject: (reason: unknown) => void = () => {}

  constructor(signal: AbortSignal | undefined) {
    this.#signal = signal
    signal?.addEventListener('abort', this.#interrupt)
  }

  race<Value>(waiting: Promise<Value>): Promise<Value> {
    return new Promise((resolve, reject) => {
      this.#reject = reject
      waiting.then(resolve, reject)
      if (this.#signal?.aborted) this.#interrupt()
    })
  }

  [Symbol.dispose](): void {
    this.#signal?.removeEventListener('abort', this.#interrupt)
  }

  readonly #interrupt = (): void => this.#reject(this.#signal?.reason)
}
