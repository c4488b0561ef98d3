import { RateExceededError } from '../core/errors.ts'

/** A few thousand of these fit beside the budget. */
const leastCounted = 64 * 1024

interface Waiting {
  readonly bytes: number
  readonly go: () => void
}

/** A share for something that is still being received. */
export interface ReceivingShare extends Disposable {
  /** Aborts once others wait and the sender has had its time: the share is to be disposed of. */
  readonly revoked: AbortSignal
  /** Everything is here: nobody takes the share back any more. */
  received(): void
}

export interface MemoryBudgetOptions {
  readonly bytes: number
  /** How long, in ms, somebody waits in line. */
  readonly patienceMs: number
  /** How long, in ms, a sender may hold its share while others wait; a third of their patience unless told. */
  readonly receivingMs?: number
}

/**
 * Memory that requests share which have to be held whole. Who doesn't get its share at once waits in line, so that a large request
 * isn't passed by small ones for ever.
 */
export class MemoryBudget {
  readonly #total: number
  readonly #patienceMs: number
  readonly #receivingMs: number
  readonly #line: Waiting[] = []
  /** Those still receiving whose time is over. */
  readonly #slow = new Set<AbortController>()
  #free: number

  constructor({ bytes, patienceMs, receivingMs = patienceMs / 3 }: MemoryBudgetOptions) {
    this.#total = bytes
    this.#free = bytes
    this.#patienceMs = patienceMs
    this.#receivingMs = receivingMs
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

  /**
   * Takes a share for what a client sends, who may take its time as long as nobody else wants the memory.
   *
   * @throws RateExceededError when the share isn't free in time
   */
  async leaseToReceive(wanted: number): Promise<ReceivingShare> {
    const lease = await this.lease(wanted)
    const revocation = new AbortController()
    const timer =
      wanted < leastCounted ? undefined : setTimeout(() => this.#isSlow(revocation), this.#receivingMs)
    const received = (): void => {
      clearTimeout(timer)
      this.#slow.delete(revocation)
    }
    return {
      revoked: revocation.signal,
      received,
      [Symbol.dispose]: () => {
        received()
        lease[Symbol.dispose]()
      },
    }
  }

  #isSlow(revocation: AbortController): void {
    this.#slow.add(revocation)
    if (this.#line.length > 0) this.#revokeSlow()
  }

  #revokeSlow(): void {
    for (const revocation of this.#slow) revocation.abort()
    this.#slow.clear()
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
    this.#revokeSlow()
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
