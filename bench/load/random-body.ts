import { createHash, type Hash, randomFillSync } from 'node:crypto'

const blockLength = 64 * 1024 * 1024
const tailLength = 64

/** A body that no one has seen before, and that doesn't compress. */
export interface RandomBody {
  readonly size: number
  readonly digest: string
  /** Its bytes in pieces of at most this length: views of shared memory, not to be changed. */
  pieces(length: number): Generator<Uint8Array>
}

/**
 * Makes bodies of one size at next to no cost each: random bytes (64 MiB, repeated as often as needed) that are hashed
 * once, then 64 bytes that differ from body to body. Every digest is new, so a server has to hash and store all of it.
 */
export class RandomBodies {
  readonly size: number
  readonly #block: Uint8Array
  readonly #hashOfBlocks: Hash

  /** `size` must be more than 64 bytes. */
  constructor(size: number) {
    this.size = size
    this.#block = randomFillSync(Buffer.alloc(Math.min(blockLength, size)))
    this.#hashOfBlocks = createHash('sha256')
    for (const piece of this.#sharedPieces(blockLength)) this.#hashOfBlocks.update(piece)
  }

  next(): RandomBody {
    const tail = randomFillSync(Buffer.alloc(tailLength))
    const hex = this.#hashOfBlocks.copy().update(tail).digest('hex')
    const shared = (length: number) => this.#sharedPieces(length)
    return {
      size: this.size,
      digest: `sha256:${hex}`,
      *pieces(length) {
        yield* shared(length)
        yield tail
      },
    }
  }

  *#sharedPieces(length: number): Generator<Uint8Array> {
    const end = this.size - tailLength
    for (let at = 0; at < end; ) {
      const inBlock = at % this.#block.length
      const piece = this.#block.subarray(inBlock, Math.min(inBlock + length, inBlock + end - at))
      yield piece
      at += piece.length
    }
  }
}
