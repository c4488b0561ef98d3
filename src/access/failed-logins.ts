import { isIPv6 } from 'node:net'
import { LRUCache } from 'lru-cache'

const addressesKept = 10_000
const provenKept = 10_000
/** So many wrong credentials at once are a mistake; more are somebody guessing. */
const mostAtOnce = 30
/** Of which so many are forgotten in a second. */
const forgottenPerSecond = 0.5
/** How many from one address may be waiting for their turn. */
const mostWaiting = 16

interface Address {
  level: number
  at: number
  waiting: number
}

/**
 * Which addresses have sent wrong credentials too often of late. A network of IPv6 (/64), which one customer has, counts as one
 * address. Memory is bounded: of very many addresses those that are quiet for longest are forgotten.
 */
export class FailedLogins {
  readonly #addresses = new LRUCache<string, Address>({ max: addressesKept })
  readonly #proven = new LRUCache<string, true>({ max: provenKept })
  readonly #now: () => Date
  readonly #onSlowed: (address: string) => void

  /** `onSlowed` hears of an address each time that it has begun to be slowed. */
  constructor(options: { readonly now: () => Date; readonly onSlowed: (address: string) => void }) {
    this.#now = options.now
    this.#onSlowed = options.onSlowed
  }

  /** Whether what comes from there has to wait, unless it has proved itself. */
  isSlowed(address: string): boolean {
    if (this.#addresses.size === 0) return false
    const known = this.#addresses.get(networkOf(address))
    return known !== undefined && this.#levelOf(known) >= mostAtOnce
  }

  /** Notes wrong credentials. */
  failed(address: string): void {
    const network = networkOf(address)
    const known = this.#addresses.get(network) ?? { level: 0, at: 0, waiting: 0 }
    const before = this.#levelOf(known)
    known.level = Math.min(before + 1, 2 * mostAtOnce)
    known.at = this.#now().getTime()
    this.#addresses.set(network, known)
    if (before < mostAtOnce && known.level >= mostAtOnce) this.#onSlowed(address)
  }

  /** Takes a place among those who wait at an address; undefined when all are taken. Disposing gives it back. */
  queue(address: string): Disposable | undefined {
    const known = this.#addresses.get(networkOf(address))
    if (known === undefined) return { [Symbol.dispose]: () => {} }
    if (known.waiting >= mostWaiting) return undefined
    known.waiting++
    return { [Symbol.dispose]: () => void known.waiting-- }
  }

  /** Notes that these very credentials are good, so that they needn't wait again. */
  prove(credentials: string): void {
    this.#proven.set(credentials, true)
  }

  isProven(credentials: string): boolean {
    return this.#proven.has(credentials)
  }

  #levelOf({ level, at }: Address): number {
    const seconds = Math.max(0, this.#now().getTime() - at) / 1000
    return Math.max(0, level - seconds * forgottenPerSecond)
  }
}

/** The first four groups of an IPv6 address, or all of an IPv4 address. */
function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined || !isIPv6(address)) return mapped ?? address
  const [before = '', after] = address.split('%', 1)[0]?.split('::') ?? []
  const groups = before === '' ? [] : before.split(':')
  if (after !== undefined) {
    const tail = after === '' ? [] : after.split(':')
    while (groups.length + tail.length < 8) groups.push('0')
    groups.push(...tail)
  }
  return groups.slice(0, 4).join(':')
}
