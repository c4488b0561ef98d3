import { randomUUID } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DigestMismatchError } from '../../../core/images/upload-errors.ts'
import type { Digest } from '../../../core/names/digest.ts'
import { BlobMissingError, type BlobStore, UploadMissingError } from '../blob-store.ts'
import { anyBytes, anyLengths, digestOfBytes, inPieces, sampleBytes } from './sample-bytes.ts'

/** What every blob store promises, whatever it keeps its bytes in. */
export function describeBlobStore(
  name: string,
  openStore: () => Promise<{ readonly store: BlobStore } & AsyncDisposable>,
): void {
  describe(name, () => {
    let opened: Awaited<ReturnType<typeof openStore>>
    let store: BlobStore
    beforeEach(async () => {
      opened = await openStore()
      store = opened.store
    })
    afterEach(() => opened[Symbol.asyncDispose]())

    const startUpload = async (): Promise<string> => {
      const id = randomUUID()
      await store.uploads.start(id)
      return id
    }
    const put = async (bytes: Uint8Array): Promise<Digest> => {
      const id = await startUpload()
      await store.uploads.append(id, inPieces(bytes))
      return (await store.uploads.finish(id, [digestOfBytes(bytes)])).digest
    }
    const remove = async (digest: Digest): Promise<void> => {
      await store.trash.put(digest)
      await store.trash.remove(digest)
    }
    const read = async (...wanted: Parameters<BlobStore['read']>) => buffer(await store.read(...wanted))

    test('gives back what it was given, however it came', async () => {
      await fc.assert(
        fc.asyncProperty(
          anyBytes,
          anyLengths,
          fc.array(fc.nat(1_000_000), { maxLength: 3 }),
          async (bytes, lengths, cuts) => {
            const id = await startUpload()
            let start = 0
            for (const cut of cuts) {
              await store.uploads.append(id, inPieces(bytes.subarray(start, start + cut), lengths))
              start = Math.min(start + cut, bytes.length)
              expect(await store.uploads.size(id)).toBe(start)
            }
            expect(await store.uploads.append(id, inPieces(bytes.subarray(start), lengths))).toBe(
              bytes.length,
            )
            const digest = digestOfBytes(bytes)
            expect(await store.uploads.finish(id, [digest])).toEqual({ digest, size: bytes.length })
            expect(await store.size(digest)).toBe(bytes.length)
            expect(bytes.equals(await read(digest))).toBe(true)
          },
        ),
        { numRuns: 40 },
      )
    })

    test('reads a part of an upload that more comes to, until it is a blob', async () => {
      const bytes = sampleBytes(1_500_000)
      const id = await startUpload()
      await store.uploads.append(id, inPieces(bytes.subarray(0, 1_000_000)))
      const part = await store.uploads.read(id, { first: 123_456, last: 999_999 })
      await store.uploads.append(id, inPieces(bytes.subarray(1_000_000)))
      expect((await buffer(part)).equals(bytes.subarray(123_456, 1_000_000))).toBe(true)
      const end = await store.uploads.read(id, { first: 1_499_999, last: 1_499_999 })
      expect((await buffer(end)).equals(bytes.subarray(1_499_999))).toBe(true)
      await store.uploads.finish(id, [digestOfBytes(bytes)])
      await expect(store.uploads.read(id, { first: 0, last: 1 })).rejects.toThrow(UploadMissingError)
    })

    test('reads any part, both ends included', async () => {
      const bytes = sampleBytes(2_500_000)
      const digest = await put(bytes)
      const position = fc.nat(bytes.length - 1)
      await fc.assert(
        fc.asyncProperty(position, position, async (one, other) => {
          const range = { first: Math.min(one, other), last: Math.max(one, other) }
          const part = await read(digest, range)
          expect(part.equals(bytes.subarray(range.first, range.last + 1))).toBe(true)
        }),
        { numRuns: 40 },
      )
    })

    test('keeps a blob of no bytes', async () => {
      const digest = await put(Buffer.alloc(0))
      expect(await store.size(digest)).toBe(0)
      expect(await read(digest)).toHaveLength(0)
    })

    test('names a blob by whichever expected digest its bytes hash to', async () => {
      const bytes = sampleBytes(1000)
      const other = digestOfBytes(sampleBytes(1000, 1))
      const sha512 = digestOfBytes(bytes, 'sha512')
      const id = await startUpload()
      await store.uploads.append(id, inPieces(bytes))
      expect(await store.uploads.finish(id, [other, sha512])).toEqual({ digest: sha512, size: 1000 })
      expect(bytes.equals(await read(sha512))).toBe(true)
      expect(await store.size(digestOfBytes(bytes))).toBeUndefined()
    })

    test('keeps an upload that hashes to something else, to be continued', async () => {
      const bytes = sampleBytes(3000)
      const id = await startUpload()
      await store.uploads.append(id, inPieces(bytes.subarray(0, 2000)))
      const wrong = [digestOfBytes(sampleBytes(5, 5)), digestOfBytes(sampleBytes(5, 5), 'sha512')]
      await expect(store.uploads.finish(id, wrong)).rejects.toThrow(DigestMismatchError)
      expect(await store.uploads.size(id)).toBe(2000)
      await store.uploads.append(id, inPieces(bytes.subarray(2000)))
      await store.uploads.finish(id, [digestOfBytes(bytes)])
      expect(bytes.equals(await read(digestOfBytes(bytes)))).toBe(true)
    })

    test('keeps what arrived of a body that was cut off, to be continued', async () => {
      const bytes = sampleBytes(1_500_000)
      const id = await startUpload()
      const cutOff = async function* () {
        yield bytes.subarray(0, 1_200_000)
        yield bytes.subarray(1_200_000, 1_200_001)
        throw new Error('the line is dead')
      }
      await expect(store.uploads.append(id, cutOff())).rejects.toThrow('the line is dead')
      expect(await store.uploads.size(id)).toBe(1_200_001)
      await store.uploads.append(id, inPieces(bytes.subarray(1_200_001)))
      await store.uploads.finish(id, [digestOfBytes(bytes)])
      expect(bytes.equals(await read(digestOfBytes(bytes)))).toBe(true)
    })

    test('stops waiting for a silent body when it is told to, and keeps what arrived', async () => {
      const id = await startUpload()
      const stop = new AbortController()
      const falledSilent = async function* () {
        yield sampleBytes(10)
        stop.abort(new Error('enough'))
        await new Promise(() => {})
      }
      await expect(store.uploads.append(id, falledSilent(), stop.signal)).rejects.toThrow('enough')
      expect(await store.uploads.size(id)).toBe(10)
    })

    test('takes nothing for a signal that was given before', async () => {
      const id = await startUpload()
      const body = inPieces(sampleBytes(10))
      const given = AbortSignal.abort(new Error('too late'))
      await expect(store.uploads.append(id, body, given)).rejects.toThrow('too late')
      expect(await store.uploads.size(id)).toBe(0)
    })

    test('goes on after a cut at the size it was cut back to', async () => {
      const bytes = sampleBytes(5000)
      const id = await startUpload()
      await store.uploads.append(id, inPieces(bytes))
      await store.uploads.truncate(id, 1234)
      expect(await store.uploads.size(id)).toBe(1234)
      await store.uploads.append(id, inPieces(bytes.subarray(1234)))
      await store.uploads.finish(id, [digestOfBytes(bytes)])
      expect(bytes.equals(await read(digestOfBytes(bytes)))).toBe(true)
    })

    test('takes the same bytes from several uploads at once', async () => {
      const bytes = sampleBytes(300_000)
      const digests = await Promise.all(Array.from({ length: 5 }, () => put(bytes)))
      expect(new Set(digests)).toEqual(new Set([digestOfBytes(bytes)]))
      expect(bytes.equals(await read(digestOfBytes(bytes)))).toBe(true)
    })

    test('has forgotten an upload that was finished or cancelled', async () => {
      const finished = await startUpload()
      await store.uploads.finish(finished, [digestOfBytes(Buffer.alloc(0))])
      await store.uploads.cancel(finished)
      const cancelled = await startUpload()
      await store.uploads.append(cancelled, inPieces(sampleBytes(10)))
      await store.uploads.cancel(cancelled)
      await store.uploads.cancel(cancelled)
      for (const id of [finished, cancelled, randomUUID()]) await expectNoUpload(store, id)
    })

    test.each([
      '',
      '.',
      '..',
      '../blobs',
      '/etc/passwd',
      '0a8d1c2e-1111-4222-8333-444455556666/../x',
      '0A8D1C2E-1111-4222-8333-444455556666',
      `${randomUUID()}\u0000`,
      `${randomUUID()}\n`,
    ])('knows no upload named %j', async (id) => {
      await expect(store.uploads.start(id)).rejects.toThrow(UploadMissingError)
      await expectNoUpload(store, id)
    })

    test('reads a blob to its end although it is deleted meanwhile', async () => {
      const bytes = sampleBytes(5_000_000)
      const digest = await put(bytes)
      const reading = await store.read(digest)
      await remove(digest)
      expect(await store.size(digest)).toBeUndefined()
      expect(bytes.equals(await buffer(reading))).toBe(true)
    })

    test('has no bytes for a blob that was deleted or never came', async () => {
      const digest = await put(sampleBytes(100))
      await remove(digest)
      await remove(digest)
      await expect(store.read(digest)).rejects.toThrow(BlobMissingError)
      await expect(store.read(digestOfBytes(sampleBytes(1)))).rejects.toThrow(BlobMissingError)
    })

    test('has no bytes for a deleted blob that was read a moment before', async () => {
      const digest = await put(sampleBytes(100))
      await read(digest)
      await remove(digest)
      await expect(store.read(digest)).rejects.toThrow(BlobMissingError)
    })

    test('lists its blobs and uploads, with their lengths and ages', async () => {
      const before = Date.now()
      const bytes = [1, 2, 3].map((seed) => sampleBytes(100 * seed, seed))
      const digests = await Promise.all(bytes.map(put))
      const upload = await startUpload()
      await store.uploads.append(upload, inPieces(sampleBytes(7)))
      expect(await all(store.list())).toEqual(digests.toSorted())
      expect(await all(store.uploads.list())).toEqual([upload])
      expect(await store.inspect(digestOfBytes(sampleBytes(1)))).toBeUndefined()
      expect(await store.uploads.inspect(randomUUID())).toBeUndefined()
      const facts = await Promise.all([
        store.inspect(digestOfBytes(sampleBytes(100, 1))),
        store.uploads.inspect(upload),
      ])
      expect(facts.map((fact) => fact?.size)).toEqual([100, 7])
      for (const fact of facts) expect(fact?.changedAt.getTime()).toBeGreaterThan(before - 1000)
    })

    test('brings back a blob that was put out of sight', async () => {
      const bytes = sampleBytes(100)
      const digest = await put(bytes)
      await store.trash.put(digest)
      await store.trash.put(digest)
      expect([await store.size(digest), await all(store.list())]).toEqual([undefined, []])
      expect(await all(store.trash.list())).toEqual([digest])
      await store.trash.restore(digest)
      await store.trash.restore(digest)
      expect(bytes.equals(await read(digest))).toBe(true)
      expect(await all(store.trash.list())).toEqual([])
    })

    test('keeps the blob that came while the same was out of sight', async () => {
      const bytes = sampleBytes(100)
      const digest = await put(bytes)
      await store.trash.put(digest)
      await put(bytes)
      await store.trash.restore(digest)
      await store.trash.remove(digest)
      expect(bytes.equals(await read(digest))).toBe(true)
      expect(await all(store.trash.list())).toEqual([])
    })

    test('finishes an upload again when the blob that was there already has gone', async () => {
      const bytes = sampleBytes(100)
      const digest = await put(bytes)
      const id = await startUpload()
      await store.uploads.append(id, inPieces(bytes))
      await store.uploads.finish(id, [digest])
      await remove(digest)
      await store.uploads.finish(id, [digest])
      expect(bytes.equals(await read(digest))).toBe(true)
    })

    test('takes a deleted blob again', async () => {
      const bytes = sampleBytes(100)
      await remove(await put(bytes))
      expect(bytes.equals(await read(await put(bytes)))).toBe(true)
    })
  })
}

async function all<Item>(portions: AsyncIterable<readonly Item[]>): Promise<Item[]> {
  const items: Item[] = []
  for await (const portion of portions) items.push(...portion)
  return items.toSorted()
}

async function expectNoUpload({ uploads }: BlobStore, id: string): Promise<void> {
  expect(await uploads.size(id)).toBeUndefined()
  await expect(uploads.append(id, inPieces(sampleBytes(1)))).rejects.toThrow(UploadMissingError)
  await expect(uploads.truncate(id, 0)).rejects.toThrow(UploadMissingError)
  await expect(uploads.finish(id, [digestOfBytes(sampleBytes(1))])).rejects.toThrow(UploadMissingError)
  await uploads.cancel(id)
}
