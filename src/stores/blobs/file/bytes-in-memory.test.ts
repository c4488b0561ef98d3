import { buffer } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { sampleBytes } from '../testing/sample-bytes.ts'
import { BytesInMemory } from './bytes-in-memory.ts'

test('streams its bytes', async () => {
  const bytes = sampleBytes(300_000)
  expect((await buffer(new BytesInMemory(bytes))).equals(bytes)).toBe(true)
})

test('writes its bytes out in one piece', async () => {
  const bytes = sampleBytes(300_000)
  expect(await piecesOf(new BytesInMemory(bytes))).toEqual([bytes])
})

test('no bytes are no piece, and an empty stream', async () => {
  expect(await piecesOf(new BytesInMemory(Buffer.alloc(0)))).toEqual([])
  expect(await buffer(new BytesInMemory(Buffer.alloc(0)))).toHaveLength(0)
})

async function piecesOf(bytes: BytesInMemory): Promise<Uint8Array[]> {
  const pieces: Uint8Array[] = []
  await bytes.writeTo(async (piece) => void pieces.push(piece))
  expect(bytes.destroyed).toBe(true)
  return pieces
}
