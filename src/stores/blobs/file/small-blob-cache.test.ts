import { expect, test } from 'vitest'
import { digestOfBytes, sampleBytes } from '../testing/sample-bytes.ts'
import { isSmall, SmallBlobCache } from './small-blob-cache.ts'

const mib = 1024 * 1024
const bytes = sampleBytes(1000)
const digest = digestOfBytes(bytes)

test('a blob of a mebibyte is small, and one byte more is not', () => {
  expect(isSmall(mib)).toBe(true)
  expect(isSmall(mib + 1)).toBe(false)
})

test('a blob that was read is kept until it is dropped', async () => {
  const cache = new SmallBlobCache()
  expect(cache.get(digest)).toBeUndefined()
  expect(await cache.load(digest, async () => bytes)).toBe(bytes)
  expect(cache.get(digest)).toBe(bytes)
  cache.drop(digest)
  expect(cache.get(digest)).toBeUndefined()
})

test('a blob that is dropped while it is read is not kept', async () => {
  const cache = new SmallBlobCache()
  const reading = Promise.withResolvers<Buffer>()
  const loaded = cache.load(digest, () => reading.promise)
  cache.drop(digest)
  reading.resolve(bytes)
  expect(await loaded).toBe(bytes)
  expect(cache.get(digest)).toBeUndefined()
})

test('a blob that could not be read is not kept', async () => {
  const cache = new SmallBlobCache()
  await expect(cache.load(digest, () => Promise.reject(new Error('bad disk')))).rejects.toThrow('bad disk')
  expect(cache.get(digest)).toBeUndefined()
})

test('what was read last stays within 32 MiB, and the rest goes', async () => {
  const cache = new SmallBlobCache()
  const digests = Array.from({ length: 100 }, (_, number) => digestOfBytes(sampleBytes(10, number)))
  for (const each of digests) await cache.load(each, async () => Buffer.alloc(mib))
  const kept = digests.filter((each) => cache.get(each) !== undefined)
  expect(kept).toEqual(digests.slice(-kept.length))
  expect(kept.length).toBeGreaterThan(16)
  expect(kept.length).toBeLessThanOrEqual(32)
})
