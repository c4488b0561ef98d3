/** Milliseconds of one rest at the most, so that work goes on however long a stretch of it took. */
const longestRest = 100

/** Keeps long work to a small share of the time, so that requests hardly notice it: each rest is four times the stretch before it. */
export class Pace {
  readonly #now: () => number
  readonly #wait: (milliseconds: number) => Promise<unknown>
  #since: number

  /** @param options.now milliseconds of a clock that never goes back */
  constructor(options: {
    readonly now: () => number
    readonly wait: (milliseconds: number) => Promise<unknown>
  }) {
    this.#now = options.now
    this.#wait = options.wait
    this.#since = options.now()
  }

  /** Ends a stretch of work. */
  async rest(): Promise<void> {
    await this.#wait(Math.min(longestRest, 4 * (this.#now() - this.#since)))
    this.#since = this.#now()
  }
}
