/** Keeps what is done again and again a certain time apart. */
export class Pace {
  readonly #now: () => number
  /** When each may be done next. */
  readonly #next = new Map<string, number>()

  /** @param now milliseconds of a clock that never goes back */
  constructor(now: () => number) {
    this.#now = now
  }

  /** How many milliseconds to wait before doing it, if it is done so many milliseconds apart. It counts as done then. */
  delay(what: string, apart: number): number {
    const now = this.#now()
    const at = Math.max(now, this.#next.get(what) ?? now)
    this.#next.set(what, at + apart)
    if (this.#next.size > mostKept) this.#forget(now)
    return at - now
  }

  #forget(now: number): void {
    for (const [what, at] of this.#next) if (at <= now) this.#next.delete(what)
  }
}

const mostKept = 1_000
