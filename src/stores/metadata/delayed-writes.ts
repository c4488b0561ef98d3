/**
 * Writes what is gathered in memory some time after that was first asked for, never twice at once, and on dispose: for what no request
 * should wait for.
 */
export class DelayedWrites implements AsyncDisposable {
  readonly #delay: number
  readonly #write: () => Promise<void>
  #timer: NodeJS.Timeout | undefined
  #writing: Promise<void> = Promise.resolve()

  /**
   * @param delay milliseconds
   * @param write stores all that is gathered when it is called; never rejects
   */
  constructor(delay: number, write: () => Promise<void>) {
    this.#delay = delay
    this.#write = write
  }

  /** Has all be written when the delay is over that began with the first who asked. */
  ask(): void {
    this.#timer ??= setTimeout(() => void this.flush(), this.#delay).unref()
  }

  /** Writes after whatever is being written now; resolves when it is stored, or given up. */
  flush(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#writeAll())
    return this.#writing
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.flush()
  }

  #writeAll(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    return this.#write()
  }
}
