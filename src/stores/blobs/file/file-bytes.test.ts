import { open, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../../../tests/support/temporary-folder.ts'
import type { ByteRange } from '../blob-store.ts'
import { sampleBytes } from '../testing/sample-bytes.ts'
import { FileBytes } from './file-bytes.ts'
import { PiecePool } from './piece-pool.ts'

const ranges: readonly (ByteRange | undefined)[] = [
  undefined,
  { first: 0, last: 0 },
  { first: 1, last: 262_144 },
  { first: 262_143, last: 262_144 },
  { first: 700_000, last: 999_999 },
]

test.each(ranges)('streams and writes out the same bytes: %j', async (range) => {
  await using world = await fileOf(sampleBytes(1_000_000))
  const expected = range ? world.content.subarray(range.first, range.last + 1) : world.content
  expect((await buffer(await world.read(range))).equals(expected)).toBe(true)
  expect((await writtenBy(await world.read(range))).equals(expected)).toBe(true)
})

test('an empty file has no pieces', async () => {
  await using world = await fileOf(Buffer.alloc(0))
  expect(await writtenBy(await world.read())).toHaveLength(0)
})

test('a file that ends before the part that was asked for fails, however it is read', async () => {
  await using world = await fileOf(sampleBytes(1_000_000))
  const tooLong = { first: 900_000, last: 1_000_000 }
  await expect(buffer(await world.read(tooLong))).rejects.toThrow('The file ends at 1000000')
  await expect(writtenBy(await world.read(tooLong))).rejects.toThrow('The file ends at 1000000')
})

test('the next piece is read while one is written, into other memory', async () => {
  await using world = await fileOf(sampleBytes(1_000_000))
  const bytes = await world.read()
  const seen: Buffer[] = []
  await bytes.writeTo(async (piece) => {
    const before = Buffer.from(piece)
    await new Promise(setImmediate)
    expect(before.equals(piece)).toBe(true)
    seen.push(before)
  })
  expect(Buffer.concat(seen).equals(world.content)).toBe(true)
})

test('many readers of one pool never see each other', async () => {
  await using world = await fileOf(sampleBytes(1_000_000))
  const readers = Array.from({ length: 100 }, async () => writtenBy(await world.read()))
  for (const bytes of await Promise.all(readers)) expect(bytes.equals(world.content)).toBe(true)
  expect((await writtenBy(await world.read())).equals(world.content)).toBe(true)
})

test('a file whose writing fails is closed, and the error passed on', async () => {
  await using world = await fileOf(sampleBytes(1_000_000))
  const bytes = await world.read()
  const gone = new Error('the reader has gone')
  await expect(bytes.writeTo(() => Promise.reject(gone))).rejects.toBe(gone)
  expect(bytes.destroyed).toBe(true)
})

async function writtenBy(bytes: FileBytes): Promise<Buffer> {
  const pieces: Buffer[] = []
  await bytes.writeTo(async (piece) => {
    await new Promise(setImmediate)
    pieces.push(Buffer.from(piece))
  })
  return Buffer.concat(pieces)
}

async function fileOf(content: Buffer) {
  const pool = new PiecePool()
  const folder = await temporaryFolder()
  const path = join(folder.path, 'blob')
  await writeFile(path, content)
  return {
    content,
    read: async (range?: ByteRange) => new FileBytes(await open(path), pool, range),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  }
}
