import { LRUCache } from 'lru-cache'
import type { Digest } from '../core/names/digest.ts'
import { type CacheLifetime, lifetimeOptions } from './cache-lifetime.ts'
import type { StoredManifest } from './get-manifest.ts'

/** What an entry costs beside its bytes, roughly: the key, the record and the cache's own bookkeeping. */
const entryOverhead = 512

/**
 * Manifests by (repository id, digest), never by digest alone: a repository may show what it has itself, no more.
 * Bounded by bytes; the least recently used goes first. An entry lives `ttl` ms, since another process may have
 * deleted the image, or until a write in this process drops it.
 */
export class ManifestCache {
  readonly #entries: LRUCache<string, StoredManifest> | undefined
  #drops = 0

  constructor({ maxBytes, ...lifetime }: CacheLifetime & { readonly maxBytes: number }) {
    if (lifetime.ttl <= 0) return
    this.#entries = new LRUCache({
      maxSize: maxBytes,
      sizeCalculation: ({ content }) => content.byteLength + entryOverhead,
      ...lifetimeOptions(lifetime),
    })
  }

  get(repositoryId: number, digest: Digest): StoredManifest | undefined {
    return this.#entries?.get(entryKey(repositoryId, digest))
  }

  /**
   * Reads a manifest and remembers it, unless something was dropped while it was read: the image may be gone by then.
   */
  async load(
    repositoryId: number,
    digest: Digest,
    read: () => Promise<StoredManifest | undefined>,
  ): Promise<StoredManifest | undefined> {
    const drops = this.#drops
    const manifest = await read()
    if (manifest !== undefined && drops === this.#drops) {
      this.#entries?.set(entryKey(repositoryId, digest), manifest)
    }
    return manifest
  }

  /** Forgets manifests. Call it when the write has ended, well or badly, and before anyone hears of it. */
  drop(repositoryId: number, digests: readonly Digest[]): void {
    this.#drops++
    for (const digest of digests) this.#entries?.delete(entryKey(repositoryId, digest))
  }

  /** Forgets a repository that is gone; its id may come back. */
  dropRepository(repositoryId: number): void {
    this.#drops++
    const prefix = entryKey(repositoryId, '')
    for (const key of this.#entries?.keys() ?? []) {
      if (key.startsWith(prefix)) this.#entries?.delete(key)
    }
  }

  clear(): void {
    this.#drops++
    this.#entries?.clear()
  }
}

function entryKey(repositoryId: number, digest: Digest | ''): string {
  return `${repositoryId}/${digest}`
}
