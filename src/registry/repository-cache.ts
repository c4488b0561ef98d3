import { LRUCache } from 'lru-cache'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import type { Repository } from '../core/repositories/repository.ts'
import { type CacheLifetime, lifetimeOptions } from './cache-lifetime.ts'

const maxEntries = 10_000

/**
 * Repositories by key. An entry lives `ttl` ms, since another process may have changed the repository, or until a
 * write in this process drops it. A repository that isn't there is never remembered.
 */
export class RepositoryCache {
  readonly #entries: LRUCache<string, Repository> | undefined
  #drops = 0

  constructor(lifetime: CacheLifetime) {
    if (lifetime.ttl > 0) this.#entries = new LRUCache({ max: maxEntries, ...lifetimeOptions(lifetime) })
  }

  get(key: RepositoryKey): Repository | undefined {
    return this.#entries?.get(entryKey(key))
  }

  /**
   * Reads a repository and remembers it, unless something was dropped while it was read: what came back may then
   * be from before that write.
   */
  async load(
    key: RepositoryKey,
    read: () => Promise<Repository | undefined>,
  ): Promise<Repository | undefined> {
    const drops = this.#drops
    const repository = await read()
    if (repository !== undefined && drops === this.#drops) this.#entries?.set(entryKey(key), repository)
    return repository
  }

  /** Forgets a repository. Call it when the write has ended, well or badly, and before anyone hears of it. */
  drop(key: RepositoryKey): void {
    this.#drops++
    this.#entries?.delete(entryKey(key))
  }

  clear(): void {
    this.#drops++
    this.#entries?.clear()
  }
}

function entryKey({ account, region, name }: RepositoryKey): string {
  return `${account}/${region}/${name}`
}
