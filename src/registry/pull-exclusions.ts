import { LRUCache } from 'lru-cache'
import { isExcludedFromPullTimes } from '../core/images/pull-exclusion.ts'
import type { RegistryKey } from '../core/names/registry-key.ts'
import type { MetadataStore } from '../stores/metadata/metadata-store.ts'
import { type CacheLifetime, lifetimeOptions } from './cache-lifetime.ts'

const maxRegistries = 1_000
/** More than any quota allows. */
const maxExclusions = 10_000

/** Knows whose pulls leave lastRecordedPullTime alone, from memory, since each pull asks. */
export class PullExclusions {
  readonly #metadata: MetadataStore
  readonly #known: LRUCache<string, readonly string[]> | undefined
  #drops = 0

  constructor({ metadata, ...lifetime }: CacheLifetime & { readonly metadata: MetadataStore }) {
    this.#metadata = metadata
    if (lifetime.ttl > 0) this.#known = new LRUCache({ max: maxRegistries, ...lifetimeOptions(lifetime) })
  }

  async has(registry: RegistryKey, principalArn: string): Promise<boolean> {
    const exclusions = this.#known?.get(keyOf(registry)) ?? (await this.#load(registry))
    return exclusions.length > 0 && isExcludedFromPullTimes(exclusions, principalArn)
  }

  /** Forgets a registry's. Call it when a write has ended, well or badly, and before anyone hears of it. */
  drop(registry: RegistryKey): void {
    this.#drops++
    this.#known?.delete(keyOf(registry))
  }

  clear(): void {
    this.#drops++
    this.#known?.clear()
  }

  async #load(registry: RegistryKey): Promise<readonly string[]> {
    const drops = this.#drops
    const exclusions = await this.#metadata.pullExclusions.list(registry, { limit: maxExclusions })
    if (drops === this.#drops) this.#known?.set(keyOf(registry), exclusions)
    return exclusions
  }
}

function keyOf({ account, region }: RegistryKey): string {
  return `${account}/${region}`
}
