import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyBytes, anyLengths, inPieces, sampleBytes } from '../testing/sample-bytes.ts'
import { GatheringWriter, type Writable } from './gathering-writer.ts'

const mib = 1024 * 1024

/** A file that writes at most so many bytes in one go, and remembers how it was asked. */
class SmallSteps implements Writable {
  readonly #bytes: Buffer
  readonly #step: number
  readonly asked: number[] = []

  constructor(bytes: Buffer, step: number) {
    this.#bytes = bytes
    this.#step = step
  }

  async writev(chunks: readonly Uint8Array[], position: number): Promise<{ bytesWritten: number }> {
    const given = Buffer.concat(chunks)
    this.asked.push(given.length)
    return { bytesWritten: given.copy(this.#bytes, position, 0, this.#step) }
  }
}

async function writeAll(writer: GatheringWriter, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const chunk of chunks) if (writer.add(chunk)) await writer.flush()
  await writer.finish()
}

test('all bytes arrive in their order, however little one write takes', async () => {
  const anyStep = fc.integer({ min: 40_000, max: 3 * mib })
  await fc.assert(
    fc.asyncProperty(anyBytes, anyLengths, anyStep, fc.nat(100), async (bytes, lengths, step, position) => {
      const file = Buffer.alloc(position + bytes.length)
      const writer = new GatheringWriter(new SmallSteps(file, step), position)
      await writeAll(writer, inPieces(bytes, lengths))
      expect(writer.position).toBe(file.length)
      expect(bytes.equals(file.subarray(position))).toBe(true)
    }),
    { numRuns: 50 },
  )
})

test('small chunks are gathered into a few large writes', async () => {
  const file = new SmallSteps(Buffer.alloc(3 * mib), mib)
  const chunks = Array.from({ length: 3 * 64 - 1 }, () => mib / 64)
  await writeAll(new GatheringWriter(file, 0), inPieces(sampleBytes(3 * mib), chunks))
  const writes = file.asked.filter((length) => length > 0)
  expect(writes).toHaveLength(16)
  expect(new Set(writes)).toEqual(new Set([192 * 1024]))
})

test('a write that fails is told of by the time the writer is done', async () => {
  const writer = new GatheringWriter({ writev: () => Promise.reject(new Error('ENOSPC')) }, 0)
  await expect(writeAll(writer, inPieces(sampleBytes(3 * mib)))).rejects.toThrow('ENOSPC')
})
