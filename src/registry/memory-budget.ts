import { RateExceededError } from '../core/errors.ts'

/** A few thousand of these fit beside the budget. */
const leastCounted = 64 * 1024

interface Waiting {
  readonly bytes: number
  readonly go: () => void
}

/**
 * Memory that requests share which have to be held whole. Who doesn't get its share at once waits in line, so that a large request
 * isn't passed by small ones for ever.
 */
export class MemoryBudget {
  readonly #total: number
  readonly #patienceMs: number
  readonly #line: Waiting[] = []
  #free: number

  constructor({ bytes, patienceMs }: { readonly bytes: number; readonly patienceMs: number }) {
    this.#total = bytes
    this.#free = bytes
    this.#patienceMs = patienceMs
  }

  /** Bytes that nobody holds. */
  get free(): number {
    return this.#free
  }

  /** Requests that wait. */
  get waiting(): number {
    return this.#line.length
  }

  /**
   * Takes a share until it is disposed of. Whoever wants more than there is gets all of it; what is too small to matter is neither
   * counted nor made to wait.
   *
   * @throws RateExceededError when the share isn't free in time
   */
  async lease(wanted: number): Promise<Disposable> {
    const bytes = wanted < leastCounted ? 0 : Math.min(wanted, this.#total)
    if (bytes === 0) return { [Symbol.dispose]() {} }
    if (this.#line.length > 0 || bytes > this.#free) await this.#wait(bytes)
    else this.#free -= bytes
    let held = bytes
    return {
      [Symbol.dispose]: () => {
        this.#free += held
        held = 0
        this.#serve()
      },
    }
  }

  #wait(bytes: number): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const leave = (): void => {
      this.#line.splice(this.#line.indexOf(waiting), 1)
      reject(new RateExceededError())
      this.#serve()
    }
    const timer = setTimeout(leave, this.#patienceMs)
    const go = (): void => {
      clearTimeout(timer)
      resolve()
    }
    const waiting: Waiting = { bytes, go }
    this.#line.push(waiting)
    return promise
  }

  #serve(): void {
    for (let next = this.#line[0]; next !== undefined && next.bytes <= this.#free; next = this.#line[0]) {
      this.#line.shift()
      this.#free -= next.bytes
      next.go()
    }
  }
}
