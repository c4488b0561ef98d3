import { backOff } from '../../core/deliveries/back-off.ts'

/** Tries of one receiver at the same time. */
const mostAtOnce = 8
/** Milliseconds between two looks of those that found no place, so that a thousand of them don't look all the time. */
const betweenLooks = 5
const mostKept = 10_000

interface Health {
  running: number
  failures: number
  restsUntil: number
  nextLook: number
}

/** A try of a receiver isn't made now: it rests after it couldn't be reached, or has as many tries as it bears. */
export class ReceiverRestsError extends Error {
  override readonly name = 'ReceiverRestsError'
  readonly until: Date
  constructor(receiver: string, until: Date) {
    super(`${receiver} is left alone until ${until.toISOString()}`)
    this.until = until
  }
}

/**
 * How the servers do that deliveries go to: each has a few tries at once, however many subscribe with it, and one that can't be reached is
 * left alone for a while that grows, so that it costs others nothing. Kept in memory: after a start each is tried anew.
 */
export class Receivers {
  readonly #now: () => Date
  readonly #random: () => number
  readonly #health = new Map<string, Health>()

  constructor({ now, random }: { readonly now: () => Date; readonly random: () => number }) {
    this.#now = now
    this.#random = random
  }

  /**
   * Makes a try. What it resolves to is an answer, whatever it says; only what `isUnreached` knows of what it rejects with counts against
   * the receiver.
   *
   * @throws ReceiverRestsError when there is none now; and what the try throws
   */
  async trying<Result>(
    receiver: string,
    isUnreached: (error: unknown) => boolean,
    work: () => Promise<Result>,
  ): Promise<Result> {
    const health = this.#enter(receiver)
    try {
      const result = await work()
      health.failures = 0
      return result
    } catch (error) {
      if (isUnreached(error)) this.#rest(health)
      throw error
    } finally {
      health.running -= 1
      if (health.running === 0 && health.failures === 0) this.#health.delete(receiver)
    }
  }

  #enter(receiver: string): Health {
    const health = this.#health.get(receiver) ?? { running: 0, failures: 0, restsUntil: 0, nextLook: 0 }
    const now = this.#now().getTime()
    if (health.restsUntil > now) throw new ReceiverRestsError(receiver, new Date(health.restsUntil))
    const most = health.failures === 0 ? mostAtOnce : 1
    if (health.running >= most) {
      health.nextLook = Math.max(now, health.nextLook) + betweenLooks
      throw new ReceiverRestsError(receiver, new Date(health.nextLook))
    }
    if (this.#health.size >= mostKept) this.#forgetResting(now)
    health.running += 1
    this.#health.set(receiver, health)
    return health
  }

  /** Tries that set out together fail together: that is one failure. */
  #rest(health: Health): void {
    const now = this.#now().getTime()
    if (health.restsUntil > now) return
    health.failures += 1
    health.restsUntil = now + backOff(health.failures, this.#random())
  }

  #forgetResting(now: number): void {
    for (const [receiver, { running, restsUntil }] of this.#health) {
      if (running === 0 && restsUntil <= now) this.#health.delete(receiver)
    }
  }
}
