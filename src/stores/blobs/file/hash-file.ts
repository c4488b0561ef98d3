import { createHash, type Hash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import { type Digest, type DigestAlgorithm, digestAlgorithm, digestOf } from '../../../core/names/digest.ts'

/** Hashes of the same bytes. */
export type Hashes = ReadonlyMap<DigestAlgorithm, Hash>

const chunkBytes = 1024 * 1024

/** Reads a file once, through one buffer, and hashes all of it by each of the algorithms. */
export async function hashFile(file: FileHandle, algorithms: Iterable<DigestAlgorithm>): Promise<Hashes> {
  const hashes = new Map(Array.from(algorithms, (algorithm) => [algorithm, createHash(algorithm)]))
  const buffer = Buffer.allocUnsafe(chunkBytes)
  for (let position = 0; ; ) {
    const { bytesRead } = await file.read(buffer, 0, chunkBytes, position)
    if (bytesRead === 0) return hashes
    for (const hash of hashes.values()) hash.update(buffer.subarray(0, bytesRead))
    position += bytesRead
  }
}

/** The first of the digests that the hashes come to. The hashes can go on afterwards. */
export function matchingDigest(hashes: Hashes, expected: readonly Digest[]): Digest | undefined {
  return expected.find((digest) => {
    const algorithm = digestAlgorithm(digest)
    const hash = hashes.get(algorithm)
    return hash !== undefined && digestOf(algorithm, hash.copy().digest('hex')) === digest
  })
}
