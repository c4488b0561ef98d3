import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { type Digest, type DigestAlgorithm, digestOf } from '../../../core/names/digest.ts'

/** Bytes that no two seeds share and that don't repeat, so that a piece in the wrong place shows. */
export function sampleBytes(length: number, seed = 0): Buffer {
  const words = new Uint32Array(Math.ceil(length / 4))
  let state = seed * 2_654_435_761 + 1
  for (let index = 0; index < words.length; index += 1) {
    state = Math.imul(state ^ (state >>> 15), 2_246_822_519) + index
    words[index] = state
  }
  return Buffer.from(words.buffer, 0, length)
}

export function digestOfBytes(bytes: Uint8Array, algorithm: DigestAlgorithm = 'sha256'): Digest {
  return digestOf(algorithm, createHash(algorithm).update(bytes).digest('hex'))
}

/** A body that comes in chunks of these lengths, and the rest at the end. */
export async function* inPieces(
  bytes: Uint8Array,
  lengths: readonly number[] = [],
): AsyncGenerator<Uint8Array, void, undefined> {
  let start = 0
  for (const length of lengths) {
    yield bytes.subarray(start, start + length)
    start += length
  }
  yield bytes.subarray(start)
}

/** Sizes around everything that buffers, and how they might be cut into chunks. */
export const anyBytes: fc.Arbitrary<Buffer> = fc
  .record({
    size: fc.oneof(fc.nat(100), fc.nat(3_000_000), fc.constantFrom(1_048_575, 1_048_576, 2_097_153)),
    seed: fc.nat(1_000_000),
  })
  .map(({ size, seed }) => sampleBytes(size, seed))

export const anyLengths: fc.Arbitrary<number[]> = fc.array(
  fc.oneof(fc.nat(10), fc.nat(70_000), fc.nat(2_000_000)),
  {
    maxLength: 40,
  },
)
