import { type Cipheriv, createCipheriv, createHash } from 'node:crypto'

/** Bytes and numbers that look random and are the same for the same seed. */
export class SeededRandom {
  readonly #keystream: Cipheriv

  constructor(seed: string) {
    const key = createHash('sha256').update(seed).digest()
    this.#keystream = createCipheriv('aes-256-ctr', key, Buffer.alloc(16))
  }

  bytes(length: number): Buffer {
    return this.#keystream.update(Buffer.alloc(length))
  }

  /** A whole number from 0 up to, not including, `limit`. */
  below(limit: number): number {
    return Math.floor((this.bytes(4).readUInt32LE() / 2 ** 32) * limit)
  }

  pick<Item>(items: readonly [Item, ...Item[]]): Item {
    return items[this.below(items.length)] ?? items[0]
  }
}
