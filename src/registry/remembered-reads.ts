import { LRUCache } from 'lru-cache'
import { type CacheLifetime, lifetimeOptions } from './cache-lifetime.ts'

const maxEntries = 10_000

/**
 * What was read from the metadata store under a key. An entry lives `ttl` ms, since another process may have changed what it is made
 * from, or until a write in this process drops it.
 */
export class RememberedReads<Key extends string | number, Value extends object> {
  readonly #entries: LRUCache<Key, Value> | undefined
  #drops = 0

  constructor(lifetime: CacheLifetime) {
    if (lifetime.ttl > 0) this.#entries = new LRUCache({ max: maxEntries, ...lifetimeOptions(lifetime) })
  }

  get(key: Key): Value | undefined {
    return this.#entries?.get(key)
  }

  /** Reads and remembers, unless something was dropped meanwhile: what came back may then be from before that write. */
  async load(key: Key, read: () => Promise<Value>): Promise<Value> {
    const drops = this.#drops
    const value = await read()
    if (drops === this.#drops) this.#entries?.set(key, value)
    return value
  }

  /** Call it when the write has ended, well or badly, and before anyone hears of it. */
  drop(key: Key): void {
    this.#drops++
    this.#entries?.delete(key)
  }

  clear(): void {
    this.#drops++
    this.#entries?.clear()
  }
}
