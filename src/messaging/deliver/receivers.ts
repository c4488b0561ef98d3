import { LRUCache } from 'lru-cache'
import { backOff } from '../../core/deliveries/back-off.ts'

/** Tries of one receiver at the same time. */
const mostAtOnce = 8
/** Milliseconds between two looks of those that found no place, so that a thousand of them don't look all the time. */
const betweenLooks = 5
const mostKept = 10_000
/** Tries that are cut short at once. */
const cutAtOnce = 64
/** Milliseconds that a try has in any case: of a receiver that has never answered, and of one that has. */
const leastPatience = { stranger: 1_000, known: 5_000 }

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

/** A try was cut short, since its receiver had said nothing for a while and others waited for their turn. */
export class CutShortError extends Error {
  override readonly name = 'CutShortError'
  constructor(receiver: string, ms: number) {
    super(`${receiver} did not answer within ${ms} ms, and others waited`)
  }
}

/** A try that runs. */
interface Try {
  readonly receiver: string
  readonly since: number
  readonly cut: AbortController
}

/**
 * How the servers do that deliveries go to: each has a few tries at once, however many subscribe with it, and one that can't be reached is
 * left alone for a while that grows, so that it costs others nothing. Where there is no place for others, those that say nothing give up
 * theirs, the longest silent first. Kept in memory: after a start each is tried anew.
 */
export class Receivers {
  readonly #now: () => Date
  readonly #random: () => number
  readonly #health = new Map<string, Health>()
  /** Those that have answered. */
  readonly #known = new LRUCache<string, true>({ max: mostKept })
  /** Oldest first. */
  readonly #tries = new Set<Try>()

  constructor({ now, random }: { readonly now: () => Date; readonly random: () => number }) {
    this.#now = now
    this.#random = random
  }

  /**
   * Makes a try. What it resolves to is an answer, whatever it says; only what `isUnreached` knows of what it rejects with counts against
   * the receiver. The signal that it gets says that it is cut short.
   *
   * @throws ReceiverRestsError when there is none now; and what the try throws
   */
  async trying<Result>(
    receiver: string,
    isUnreached: (error: unknown) => boolean,
    work: (cut: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    const health = this.#enter(receiver)
    const one = { receiver, since: this.#now().getTime(), cut: new AbortController() }
    this.#tries.add(one)
    try {
      const result = await work(one.cut.signal)
      health.failures = 0
      this.#known.set(receiver, true)
      return result
    } catch (error) {
      if (error instanceof CutShortError || isUnreached(error)) this.#rest(health)
      throw error
    } finally {
      this.#tries.delete(one)
      health.running -= 1
      if (health.running === 0 && health.failures === 0) this.#health.delete(receiver)
    }
  }

  /** Cuts tries short for those that wait, some at a time: the oldest of those that have had their least patience. */
  makeRoom(): void {
    const now = this.#now().getTime()
    const silent = this.#tries.values().filter(({ receiver, since, cut }) => {
      const patience = this.#known.has(receiver) ? leastPatience.known : leastPatience.stranger
      return !cut.signal.aborted && now - since >= patience
    })
    for (const { receiver, since, cut } of silent.take(cutAtOnce)) {
      cut.abort(new CutShortError(receiver, now - since))
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
