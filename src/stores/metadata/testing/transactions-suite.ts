import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { parseTag } from '../../../core/names/tag.ts'
import type { MetadataStore, MetadataTransaction } from '../metadata-store.ts'
import {
  addImage,
  addRepository,
  digestFor,
  keyOf,
  newImage,
  newRepository,
  noon,
  type OpenMetadata,
  openForAll,
  type TestMetadata,
} from './metadata-world.ts'

export function describeTransactions(open: OpenMetadata): void {
  describe('transactions', () => {
    let opened: TestMetadata
    let store: MetadataStore
    let repository: number
    openForAll(open, (each) => {
      opened = each
      store = opened.store
    })
    beforeEach(async () => {
      await store.write((tx) => tx.repositories.deleteAll(noon))
      repository = await addRepository(store)
    })

    test('leave nothing behind when they fail, and pass the failure on', async () => {
      const failing = store.write(async (tx) => {
        await tx.repositories.add(newRepository(keyOf('team/new')))
        await tx.images.add(repository, newImage('image'))
        await tx.tags.put(repository, parseTag('v1'), digestFor('image'), noon)
        await tx.blobLinks.add(repository, { digest: digestFor('layer'), size: 5 }, noon)
        await tx.repositories.setScanOnPush(repository, true)
        throw new RangeError('no further')
      })
      await expect(failing).rejects.toThrow(RangeError)
      expect(await store.repositories.list(keyOf('xx'), { limit: 10 })).toEqual([
        { ...newRepository(keyOf('team/app')), id: repository },
      ])
      expect(await store.images.count(repository)).toBe(0)
      expect(await store.images.list(repository, { tagStatus: 'ANY', limit: 10 })).toEqual([])
      expect(await store.tags.list(repository, { limit: 10 })).toEqual([])
      expect(await store.blobLinks.find(repository, digestFor('layer'))).toBeUndefined()
    })

    test('leave nothing behind when the database refuses a row', async () => {
      await addImage(store, repository, 'image')
      const failing = store.write(async (tx) => {
        await tx.images.add(repository, newImage('other image'))
        await tx.images.add(repository, newImage('image'))
      })
      await expect(failing).rejects.toThrow()
      expect(await store.images.count(repository)).toBe(1)
      expect(await store.images.find(repository, digestFor('other image'))).toBeUndefined()
    })

    test('see what they wrote, while readers neither see it nor wait', async () => {
      const digest = digestFor('image')
      await store.write(async (tx) => {
        await tx.images.add(repository, newImage('image'))
        await tx.tags.put(repository, parseTag('v1'), digest, noon)
        expect(await tx.tags.find(repository, parseTag('v1'))).toBe(digest)
        expect(await tx.images.count(repository)).toBe(1)
        expect(await store.tags.find(repository, parseTag('v1'))).toBeUndefined()
        expect(await store.images.find(repository, digest)).toBeUndefined()
        expect(await store.images.count(repository)).toBe(0)
      })
      expect(await store.tags.find(repository, parseTag('v1'))).toBe(digest)
    })

    test('are there again when the store is opened again', async () => {
      const digests = await Promise.all(
        Array.from({ length: 20 }, (_, index) => addImage(store, repository, `image ${index}`)),
      )
      store = await opened.reopen()
      const found = await store.images.findMany(repository, digests)
      expect(new Set(found.map(({ digest }) => digest))).toEqual(new Set(digests))
    })

    test('that lock one repository let exactly one of many give an immutable tag', async () => {
      for (const image of images) await addImage(store, repository, image)
      let round = 0
      await fc.assert(
        fc.asyncProperty(fc.array(anyWriter, { minLength: 2, maxLength: 12 }), async (writers) => {
          round += 1
          const tag = parseTag(`round-${round}`)
          const outcomes = await Promise.all(
            writers.map((writer) => store.write((tx) => giveOnce(tx, { repository, tag, writer }))),
          )
          const winners = writers.filter((_, index) => outcomes[index])
          expect(winners).toHaveLength(1)
          expect(await store.tags.find(repository, tag)).toBe(digestFor(winners[0]?.image ?? ''))
        }),
        { numRuns: 25 },
      )
    })

    test('that lock two repositories crosswise both come through', async () => {
      const keys = [keyOf('team/app'), keyOf('team/other')] as const
      await addRepository(store, keys[1])
      const lockBoth = (first: (typeof keys)[number], second: (typeof keys)[number]) =>
        store.write(async (tx) => {
          await tx.repositories.lock(first)
          await turnOfOthers()
          return (await tx.repositories.lock(second))?.name
        })
      const names = await Promise.all([lockBoth(keys[0], keys[1]), lockBoth(keys[1], keys[0])])
      expect(names).toEqual([keys[1].name, keys[0].name])
    })

    test('find nothing to lock where there is no repository', async () => {
      const locked = await store.write((tx) => tx.repositories.lock(keyOf('team/none')))
      expect(locked).toBeUndefined()
    })
  })
}

const images = ['one', 'two', 'three'] as const

/** How a writer dawdles before and after it looks whether the tag is free. */
interface Writer {
  readonly image: (typeof images)[number]
  readonly before: number
  readonly between: number
}

const anyWriter: fc.Arbitrary<Writer> = fc.record({
  image: fc.constantFrom(...images),
  before: fc.nat(3),
  between: fc.nat(3),
})

async function giveOnce(
  tx: MetadataTransaction,
  { repository, tag, writer }: { repository: number; tag: ReturnType<typeof parseTag>; writer: Writer },
): Promise<boolean> {
  for (let turn = 0; turn < writer.before; turn += 1) await turnOfOthers()
  await tx.repositories.lock(keyOf('team/app'))
  if (await tx.tags.find(repository, tag)) return false
  for (let turn = 0; turn < writer.between; turn += 1) await turnOfOthers()
  await tx.tags.put(repository, tag, digestFor(writer.image), noon)
  return true
}

function turnOfOthers(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
