import { LRUCache } from 'lru-cache'
import type { RegistryKey } from '../../core/names/registry-key.ts'
import type { CacheRule } from '../../core/pull-through/cache-rule.ts'
import { type CacheLifetime, lifetimeOptions } from '../cache-lifetime.ts'

const maxRegistries = 1_000

/** The rules of registries, so that a pull that has nothing to do with them costs a look into memory. As in RepositoryCache. */
export class RuleCache {
  readonly #entries: LRUCache<string, readonly CacheRule[]> | undefined
  #drops = 0

  constructor(lifetime: CacheLifetime) {
    if (lifetime.ttl > 0) this.#entries = new LRUCache({ max: maxRegistries, ...lifetimeOptions(lifetime) })
  }

  get(key: RegistryKey): readonly CacheRule[] | undefined {
    return this.#entries?.get(entryKey(key))
  }

  /** Reads a registry's rules and remembers them, unless some were dropped meanwhile. */
  async load(key: RegistryKey, read: () => Promise<readonly CacheRule[]>): Promise<readonly CacheRule[]> {
    const drops = this.#drops
    const rules = await read()
    if (drops === this.#drops) this.#entries?.set(entryKey(key), rules)
    return rules
  }

  /** Call it when a write has ended, well or badly. */
  drop(key: RegistryKey): void {
    this.#drops++
    this.#entries?.delete(entryKey(key))
  }

  clear(): void {
    this.#drops++
    this.#entries?.clear()
  }
}

function entryKey({ account, region }: RegistryKey): string {
  return `${account}/${region}`
}
