import { LRUCache } from 'lru-cache'
import type { Digest } from '../../../core/names/digest.ts'

/** Up to this length a blob is kept whole: configs, and layers of a few files. */
const smallBytes = 1024 * 1024
/** All that are kept, together. */
const keptBytes = 32 * 1024 * 1024
/** What an entry costs beside its bytes, roughly. */
const entryOverhead = 512

/** Whether a blob of this length may be kept in memory. */
export function isSmall(size: number): boolean {
  return size <= smallBytes
}

/**
 * The small blobs that were read last, 32 MiB of them at the most. To open, read and close a file takes longer than to send a
 * megabyte. The bytes are shared by their readers, so never written to.
 */
export class SmallBlobCache {
  readonly #entries = new LRUCache<Digest, Buffer>({
    maxSize: keptBytes,
    sizeCalculation: ({ length }) => length + entryOverhead,
  })
  #drops = 0

  get(digest: Digest): Buffer | undefined {
    return this.#entries.get(digest)
  }

  /** Reads a blob and keeps it, unless something was dropped while it was read: it may be gone by then. */
  async load(digest: Digest, read: () => Promise<Buffer>): Promise<Buffer> {
    const drops = this.#drops
    const bytes = await read()
    if (drops === this.#drops) this.#entries.set(digest, bytes)
    return bytes
  }

  /** Forgets a blob. Call it when its file is gone, and before anyone hears of it. */
  drop(digest: Digest): void {
    this.#drops++
    this.#entries.delete(digest)
  }
}
