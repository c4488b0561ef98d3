import { createHash, type Hash } from 'node:crypto'

/** Uploads whose hash is remembered between requests. One more and the one longest untouched is forgotten. */
const kept = 1024

interface RunningHash {
  readonly hash: Hash
  /** How many bytes the hash has seen. */
  readonly size: number
}

/**
 * The SHA-256 of each open upload so far, so that finishing it needn't read it again. A hash may be missing (after a
 * restart, or when many uploads are open): then the file has to be read.
 */
export class RunningHashes {
  readonly #hashes = new Map<string, RunningHash>()

  /** Takes the hash out to go on with it; undefined unless it covers exactly the first `size` bytes. */
  take(id: string, size: number): Hash | undefined {
    const running = this.#hashes.get(id)
    this.#hashes.delete(id)
    if (size === 0) return createHash('sha256')
    return running?.size === size ? running.hash : undefined
  }

  keep(id: string, running: RunningHash): void {
    this.#hashes.set(id, running)
    const [oldest] = this.#hashes.keys()
    if (this.#hashes.size > kept && oldest !== undefined) this.#hashes.delete(oldest)
  }

  forget(id: string): void {
    this.#hashes.delete(id)
  }
}
