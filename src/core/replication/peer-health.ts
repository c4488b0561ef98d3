import { retryDelay } from '../work/retry-delay.ts'

/** How many images go to one peer at once. */
const mostAtOnce = 3
/** Milliseconds after which one that found no place looks again. */
const nextLook = 500
/** After how many failures in a row a peer counts as down, and not as busy or starting again. */
const failuresOfDown = 3

/**
 * How one peer does: how many images are on their way to it, and whether it has failed. A peer that fails is left alone for a while
 * that grows, and then tried with one image.
 */
export class PeerHealth {
  readonly #now: () => Date
  #running = 0
  #failures = 0
  #restsUntil = 0

  constructor(now: () => Date) {
    this.#now = now
  }

  /** Whether it failed time and again, and never succeeded since. */
  get isDown(): boolean {
    return this.#failures >= failuresOfDown
  }

  /** Takes a place for one image; otherwise the time to ask again. The place is given back by `succeeded` or `failed`, or `left`. */
  enter(): Date | undefined {
    const now = this.#now().getTime()
    if (this.#restsUntil > now) return new Date(this.#restsUntil)
    const most = this.#failures === 0 ? mostAtOnce : 1
    if (this.#running >= most) return new Date(now + nextLook)
    this.#running += 1
    return undefined
  }

  succeeded(): void {
    this.#running -= 1
    this.#failures = 0
    this.#restsUntil = 0
  }

  /** Resolves to the time to try again. */
  failed(): Date {
    this.#running -= 1
    const now = this.#now().getTime()
    // Images that set out together fail together: that is one failure.
    if (this.#restsUntil <= now) {
      this.#failures += 1
      this.#restsUntil = now + retryDelay(this.#failures)
    }
    return new Date(this.#restsUntil)
  }

  /** Neither: the work was stopped, or failed by itself. */
  left(): void {
    this.#running -= 1
  }
}
