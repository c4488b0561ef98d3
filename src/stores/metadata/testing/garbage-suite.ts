import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Blob } from '../../../core/images/blob.ts'
import type { Digest } from '../../../core/names/digest.ts'
import type { UnneededLink, Walked } from '../garbage.ts'
import type { MetadataStore } from '../metadata-store.ts'
import {
  addBlob,
  addImage,
  addRepository,
  digestFor,
  inByteOrder,
  keyOf,
  noon,
  type OpenMetadata,
  openForAll,
  secondsAfterNoon,
} from './metadata-world.ts'

const later = secondsAfterNoon(10)

/** What garbage collection relies on. */
export function describeGarbage(open: OpenMetadata): void {
  let store: MetadataStore
  let repository: number
  let other: number
  openForAll(open, (opened) => {
    store = opened.store
  })
  beforeEach(async () => {
    await store.write((tx) => tx.repositories.deleteAll(new Date(0)))
    await collect()
    repository = await addRepository(store)
    other = await addRepository(store, keyOf('team/other'))
  })

  const unneededLinks = (before: Date, limit = 2) =>
    walkAll<UnneededLink, NonNullable<Parameters<typeof store.garbage.unneededLinks>[1]['after']>>((after) =>
      store.garbage.unneededLinks(before, { after, limit }),
    )
  const unneededBlobs = (before: Date, links: 'none' | 'unneeded' = 'none') =>
    walkAll<Blob, Digest>((after) => store.garbage.unneededBlobs(before, { links }, { after, limit: 2 }))
  const mark = async (before: Date) => {
    const digests = (await unneededBlobs(before)).map(({ digest }) => digest)
    await store.write((tx) => tx.garbage.markUnneeded(digests, before))
  }
  const collect = async (before = later) => {
    await mark(before)
    return store.write(async (tx) => {
      const held = await tx.garbage.holdMarked({ limit: 10_000 })
      await tx.garbage.forget(held.map(({ digest }) => digest))
      return held
    })
  }
  const addMany = (repositoryId: number, names: readonly string[]) =>
    Promise.all(names.map((name) => addBlob(store, repositoryId, name)))

  describe('links that nothing needs', () => {
    test('are found stretch by stretch, of all repositories, with what they are', async () => {
      const blobs = await addMany(repository, ['a', 'b', 'c', 'd', 'e'])
      const [shared] = blobs
      if (shared) await store.write((tx) => tx.blobLinks.add(other, shared, noon))
      await addImage(store, repository, 'image', { blobs: [digestFor('b')] })
      const links = await unneededLinks(later)
      expect(links.map(({ blob }) => blob.digest).toSorted()).toEqual(
        ['a', 'a', 'c', 'd', 'e'].map(digestFor).toSorted(),
      )
      expect(links.filter(({ repositoryId }) => repositoryId === other)).toEqual([
        {
          repositoryId: other,
          repository: keyOf('team/other'),
          blob: { digest: digestFor('a'), size: 1 },
        },
      ])
    })

    test('are not those that someone has relied on since', async () => {
      await addMany(repository, ['old', 'linked again', 'relied on'])
      await store.write(async (tx) => {
        await tx.blobLinks.add(repository, { digest: digestFor('linked again'), size: 12 }, later)
        await tx.blobLinks.rely(repository, [digestFor('relied on'), digestFor('unknown')], later)
      })
      const links = await unneededLinks(later)
      expect(links.map(({ blob }) => blob.digest)).toEqual([digestFor('old')])
      const wanted = ['old', 'linked again', 'relied on', 'unknown'].map(digestFor)
      expect(await store.blobLinks.unreliable(repository, wanted, later)).toEqual([digestFor('old')])
    })

    test('are needed until their last image is deleted, and from then on for a while', async () => {
      const { digest } = await addBlob(store, repository, 'layer')
      await addImage(store, repository, 'one', { blobs: [digest] })
      await addImage(store, repository, 'two', { blobs: [digest] })
      await store.write((tx) => tx.images.delete(repository, digestFor('one'), later))
      expect(await unneededLinks(secondsAfterNoon(99))).toEqual([])
      expect(await store.blobLinks.unreliable(repository, [digest], secondsAfterNoon(99))).toEqual([])
      await store.write((tx) => tx.images.delete(repository, digestFor('two'), later))
      expect(await unneededLinks(later)).toEqual([])
      expect(await unneededLinks(secondsAfterNoon(11))).toHaveLength(1)
    })

    test('are needed as long as an image is kept that was deleted', async () => {
      const { digest } = await addBlob(store, repository, 'layer')
      await addImage(store, repository, 'image', { blobs: [digest] })
      const deletion = {
        tags: [],
        at: later,
        cause: { actor: 'someone', reason: 'delete' },
        deletion: '1',
      } as const
      await store.write(async (tx) => {
        await tx.history.keep(repository, digestFor('image'), deletion)
        await tx.images.delete(repository, digestFor('image'), noon)
      })
      expect(await unneededLinks(later)).toEqual([])
      const remove = (before: Date) =>
        store.write((tx) => tx.garbage.removeUnneededLinks(repository, [digest], before))
      expect(await remove(later)).toBe(0)
      expect(await unneededLinks(secondsAfterNoon(11))).toHaveLength(1)
      await store.write((tx) => tx.history.forget(repository, digestFor('image')))
      expect(await remove(later)).toBe(1)
    })

    test('are looked at again when they are removed', async () => {
      const names = ['unneeded', 'needed by now', 'relied on by now']
      const digests = (await addMany(repository, names)).map(({ digest }) => digest)
      await addImage(store, repository, 'image', { blobs: [digestFor('needed by now')] })
      await store.write((tx) => tx.blobLinks.rely(repository, [digestFor('relied on by now')], later))
      const removed = await store.write((tx) => tx.garbage.removeUnneededLinks(repository, digests, later))
      expect(removed).toBe(1)
      expect(await store.blobLinks.find(repository, digestFor('unneeded'))).toBeUndefined()
      expect(await store.blobLinks.findMany(repository, digests)).toHaveLength(2)
    })
  })

  describe('blobs that no repository links', () => {
    test('are found stretch by stretch; a dry run counts those that lose their links too', async () => {
      await addMany(repository, ['a', 'b', 'c', 'd', 'e'])
      await addImage(store, repository, 'image', { blobs: [digestFor('b')] })
      await store.write((tx) => tx.blobLinks.remove(repository, digestFor('d'), noon))
      expect(await unneededBlobs(later)).toEqual([{ digest: digestFor('d'), size: 1 }])
      const found = (await unneededBlobs(later, 'unneeded')).map(({ digest }) => digest)
      expect(found.toSorted()).toEqual(inByteOrder(['a', 'c', 'd', 'e'].map(digestFor)))
    })

    test('are kept for a while after they were taken out, deleted or reset', async () => {
      const [taken, deleted] = await addMany(repository, ['taken', 'deleted'])
      await addMany(other, ['reset'])
      await store.write(async (tx) => {
        if (taken) await tx.blobLinks.remove(repository, taken.digest, later)
        await tx.repositories.delete(repository, later)
        await tx.repositories.deleteAll(later)
      })
      expect(await unneededBlobs(later)).toEqual([])
      expect(await collect(later)).toEqual([])
      expect(await collect(secondsAfterNoon(11))).toHaveLength(3)
      expect(
        await store.garbage.unknownBlobs([taken, deleted].flatMap((blob) => blob?.digest ?? [])),
      ).toHaveLength(2)
    })

    test('are taken back by whoever links them before they are forgotten, who must look for the bytes', async () => {
      const blob = await addBlob(store, repository, 'layer')
      await store.write((tx) => tx.blobLinks.remove(repository, blob.digest, noon))
      await mark(later)
      const link = () => store.write((tx) => tx.blobLinks.add(other, blob, later))
      expect(await link()).toEqual({ mustLook: true })
      expect(await link()).toEqual({ mustLook: false })
      expect(await collect()).toEqual([])
      expect(await store.blobLinks.find(other, blob.digest)).toEqual(blob)
    })

    test('must be looked for when they are new', async () => {
      const blob = { digest: digestFor(randomUUID()), size: 7 }
      const link = () => store.write((tx) => tx.blobLinks.add(repository, blob, noon))
      expect(await link()).toEqual({ mustLook: true })
      expect(await link()).toEqual({ mustLook: false })
    })

    test('are held by one at a time', async () => {
      const blob = await addBlob(store, repository, 'layer')
      await store.write((tx) => tx.blobLinks.remove(repository, blob.digest, noon))
      await mark(later)
      const forgetting = store.write(async (tx) => {
        const held = await tx.garbage.holdMarked({ limit: 10 })
        await tx.garbage.forget(held.map(({ digest }) => digest))
        return held
      })
      const linking = store.write((tx) => tx.blobLinks.add(other, blob, noon))
      const [held, { mustLook }] = await Promise.all([forgetting, linking])
      expect(mustLook).toBe(true)
      expect(held.length).toBeLessThanOrEqual(1)
      expect(await store.blobLinks.find(other, blob.digest)).toEqual(blob)
    })

    test('are a matter of a transaction: what fails forgets nothing', async () => {
      const blob = await addBlob(store, repository, 'layer')
      await store.write((tx) => tx.blobLinks.remove(repository, blob.digest, noon))
      await mark(later)
      const failing = store.write(async (tx) => {
        const held = await tx.garbage.holdMarked({ limit: 10 })
        await tx.garbage.forget(held.map(({ digest }) => digest))
        throw new RangeError('no further')
      })
      await expect(failing).rejects.toThrow(RangeError)
      expect(await collect()).toEqual([blob])
    })
  })

  test('bytes without a row get one that is marked, unless someone was faster', async () => {
    const known = await addBlob(store, repository, 'known')
    const unknown = { digest: digestFor('stray'), size: 5 }
    expect(await store.garbage.unknownBlobs([known.digest, unknown.digest])).toEqual([unknown.digest])
    await store.write((tx) => tx.garbage.markUnknown([known, unknown], noon))
    expect(await collect(new Date(0))).toEqual([unknown])
    expect(await store.blobLinks.find(repository, known.digest)).toEqual(known)
  })

  test('uploads are found by their age, and known from strays', async () => {
    const uploads = [1, 2, 2, 3, 9].map((seconds) => ({
      id: randomUUID(),
      repositoryId: repository,
      startedAt: secondsAfterNoon(seconds),
      parts: 0,
    }))
    await store.write(async (tx) => {
      for (const upload of uploads) await tx.uploads.add(upload)
    })
    const before = secondsAfterNoon(9)
    const first = await store.garbage.uploadsBefore(before, { limit: 2 })
    const rest = await store.garbage.uploadsBefore(before, { after: first.at(-1), limit: 9 })
    expect([...first, ...rest].map(({ id }) => id).toSorted()).toEqual(
      uploads
        .slice(0, 4)
        .map(({ id }) => id)
        .toSorted(),
    )
    const stray = randomUUID()
    expect(await store.garbage.unknownUploads([stray, ...uploads.map(({ id }) => id)])).toEqual([stray])
  })
}

async function walkAll<Item, Position>(
  stretch: (after: Position | undefined) => Promise<Walked<Item, Position>>,
): Promise<Item[]> {
  const items: Item[] = []
  let after: Position | undefined
  do {
    const walked = await stretch(after)
    items.push(...walked.items)
    after = walked.end
  } while (after !== undefined)
  return items
}
