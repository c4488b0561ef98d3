import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Image } from '../../../core/images/image.ts'
import type { Digest } from '../../../core/names/digest.ts'
import type { MetadataStore } from '../metadata-store.ts'
import {
  addBlob,
  addImage,
  addRepository,
  allPages,
  digestFor,
  keyOf,
  newImage,
  noon,
  type OpenMetadata,
  openForAll,
  secondsAfterNoon,
} from './metadata-world.ts'

const anyTime = fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true })

const anyImage: fc.Arbitrary<Image> = fc.record(
  {
    digest: fc.string().map(digestFor),
    mediaType: fc.string({ unit: 'grapheme-ascii' }),
    manifestBytes: fc.nat(4 * 1024 * 1024),
    sizeInBytes: fc.maxSafeNat(),
    artifactType: fc.string({ unit: 'grapheme-ascii' }),
    subject: fc.string().map(digestFor),
    pushedAt: anyTime,
    lastPulledAt: anyTime,
    storage: fc.constantFrom('ACTIVE', 'ARCHIVED', 'ACTIVATING'),
    lastArchivedAt: anyTime,
    lastActivatedAt: anyTime,
  },
  { requiredKeys: ['digest', 'mediaType', 'manifestBytes', 'sizeInBytes', 'pushedAt', 'storage'] },
)

export function describeImages(open: OpenMetadata): void {
  describe('images', () => {
    let store: MetadataStore
    let repository: number
    openForAll(open, (opened) => {
      store = opened.store
    })
    const startAfresh = async () => {
      await store.write((tx) => tx.repositories.deleteAll(noon))
      repository = await addRepository(store)
    }
    beforeEach(startAfresh)

    test('come back as they were added, byte for byte', async () => {
      await fc.assert(
        fc.asyncProperty(anyImage, fc.uint8Array({ maxLength: 5000 }), async (image, content) => {
          await startAfresh()
          const references = { blobs: [], absentBlobs: [], children: [] }
          await store.write((tx) => tx.images.add(repository, { image, content, ...references }))
          expect(await store.images.find(repository, image.digest)).toEqual(image)
          expect(await store.images.findMany(repository, [image.digest])).toEqual([image])
          expect(await store.images.list(repository, { tagStatus: 'ANY', limit: 2 })).toEqual([image])
          const stored = await store.images.content(repository, image.digest)
          expect(stored && Buffer.compare(stored, content)).toBe(0)
          const manifest = (await store.images.manifests(repository, [image.digest])).get(image.digest)
          expect(manifest?.mediaType).toBe(image.mediaType)
          expect(manifest && Buffer.compare(manifest.content, content)).toBe(0)
        }),
        { numRuns: 30 },
      )
    })

    test('belong to one repository', async () => {
      const digest = await addImage(store, repository, 'image')
      const other = await addRepository(store, keyOf('team/other'))
      expect(await store.images.find(other, digest)).toBeUndefined()
      expect(await store.images.content(other, digest)).toBeUndefined()
      expect(await store.images.manifests(other, [digest])).toEqual(new Map())
      expect(await store.images.findMany(other, [digest])).toEqual([])
      await addImage(store, other, 'image')
      await store.write((tx) => tx.images.delete(other, digest, noon))
      expect(await store.images.find(repository, digest)).toBeDefined()
      expect([await store.images.count(repository), await store.images.count(other)]).toEqual([1, 0])
    })

    test('are counted over all repositories of their registry', async () => {
      const elsewhere = keyOf('team/app', '111122223333')
      expect(await store.images.countInRegistry(keyOf('team/app'))).toBe(0)
      await addImage(store, repository, 'image')
      await addImage(store, await addRepository(store, keyOf('team/other')), 'image')
      await addImage(store, await addRepository(store, elsewhere), 'image')
      expect(await store.images.countInRegistry(keyOf('team/app'))).toBe(2)
      expect(await store.images.countInRegistry(elsewhere)).toBe(1)
    })

    test('are found by the thousand', async () => {
      const names = Array.from({ length: 2500 }, (_, index) => `image ${index}`)
      await store.write(async (tx) => {
        for (const name of names.slice(0, 1200)) await tx.images.add(repository, newImage(name))
      })
      const found = await store.images.findMany(repository, names.map(digestFor))
      expect(new Set(found.map(({ digest }) => digest))).toEqual(new Set(names.slice(0, 1200).map(digestFor)))
      expect(await store.images.count(repository)).toBe(1200)
    })

    test('that name thousands of blobs and children keep all of them, each once', async () => {
      const names = Array.from({ length: 2100 }, (_, index) => `blob ${index}`)
      await store.write(async (tx) => {
        for (const name of names)
          await tx.blobLinks.add(repository, { digest: digestFor(name), size: 1 }, noon)
      })
      const digests = [...names, ...names].map(digestFor)
      const index = await addImage(store, repository, 'index', { blobs: digests, children: digests })
      for (const digest of [digests[0], digests[1050], digests[2099]]) {
        if (!digest) continue
        expect(await store.blobLinks.isReferenced(repository, digest)).toBe(true)
        expect(await store.images.indexesOf(repository, digest)).toEqual([index])
      }
    })

    test('say which indexes list them', async () => {
      const child = digestFor('child')
      const indexes = await Promise.all(
        ['one', 'two', 'three'].map((name) => addImage(store, repository, name, { children: [child] })),
      )
      await addImage(store, repository, 'unrelated', { children: [digestFor('other child')] })
      expect(await store.images.indexesOf(repository, child)).toEqual(indexes.toSorted())
      const [first = child, ...rest] = indexes
      await store.write((tx) => tx.images.delete(repository, first, noon))
      expect(await store.images.indexesOf(repository, child)).toEqual(rest.toSorted())
    })

    test('say which active indexes list them, and what they list', async () => {
      const child = await addImage(store, repository, 'child')
      const children = [child, digestFor('never here')]
      const active = await addImage(store, repository, 'active', { children })
      const archived = await addImage(store, repository, 'archived', { children, storage: 'ARCHIVED' })
      expect(await store.images.activeIndexesOf(repository, child)).toEqual([active])
      await store.write((tx) => tx.images.setStorage(repository, archived, { storage: 'ACTIVATING' }))
      expect(await store.images.activeIndexesOf(repository, child)).toEqual([active, archived].toSorted())
      expect((await store.images.childrenOf(repository, archived)).map(({ digest }) => digest)).toEqual([
        child,
      ])
    })

    test('let nobody read the blobs that only archived ones need, unless they were linked anew', async () => {
      const blob = await addBlob(store, repository, 'layer')
      const blobs = [blob.digest]
      const since = (seconds: number) => ({ lastArchivedAt: secondsAfterNoon(seconds) })
      const image = await addImage(store, repository, 'one', { blobs, storage: 'ARCHIVED', ...since(1) })
      const isReadable = async () => {
        const found = await store.blobLinks.find(repository, blob.digest)
        expect(await store.blobLinks.archived(repository, blobs)).toEqual(found ? [] : blobs)
        return found !== undefined
      }
      expect(await isReadable()).toBe(false)
      await store.write((tx) => tx.images.setStorage(repository, image, { storage: 'ACTIVE', ...since(1) }))
      expect(await isReadable()).toBe(true)
      await store.write((tx) => tx.images.setStorage(repository, image, { storage: 'ARCHIVED', ...since(2) }))
      await store.write((tx) => tx.blobLinks.add(repository, blob, secondsAfterNoon(3)))
      expect(await isReadable()).toBe(true)
      await store.write((tx) => tx.images.setStorage(repository, image, { storage: 'ARCHIVED', ...since(4) }))
      expect(await isReadable()).toBe(false)
      await addImage(store, repository, 'other', { blobs })
      expect(await isReadable()).toBe(true)
    })

    test('say who refers to them, page by page, whether or not they are here themselves', async () => {
      const subject = digestFor('subject')
      const names = Array.from({ length: 7 }, (_, index) => `referrer ${index}`)
      for (const name of names) await addImage(store, repository, name, { subject })
      await addImage(store, repository, 'unrelated', { subject: digestFor('other subject') })
      const referrers = await allPages<Image, Digest>(
        (page) => store.images.referrersOf(repository, subject, page),
        {
          limit: 3,
          cursorOf: ({ digest }) => digest,
        },
      )
      expect(referrers.map(({ digest }) => digest)).toEqual(names.map(digestFor).toSorted())
      expect(referrers.every((referrer) => referrer.subject === subject)).toBe(true)
    })

    test('let go of their blobs when they go', async () => {
      const blob = await addBlob(store, repository, 'layer')
      const [one, other] = [
        await addImage(store, repository, 'one', { blobs: [blob.digest] }),
        await addImage(store, repository, 'other', { blobs: [blob.digest] }),
      ]
      await store.write((tx) => tx.images.delete(repository, one, noon))
      expect(await store.blobLinks.isReferenced(repository, blob.digest)).toBe(true)
      await store.write((tx) => tx.images.delete(repository, other, noon))
      expect(await store.blobLinks.isReferenced(repository, blob.digest)).toBe(false)
      await store.write((tx) => tx.images.delete(repository, other, noon))
      expect(await store.images.count(repository)).toBe(0)
    })

    test('remember their latest pull, whatever order pulls are told in', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.record({ name: fc.constantFrom('one', 'two', 'gone'), second: fc.nat(50) })),
          fc.nat(5),
          async (pulls, batch) => {
            await startAfresh()
            const digests = [
              await addImage(store, repository, 'one'),
              await addImage(store, repository, 'two'),
            ]
            const told = pulls.map(({ name, second }) => ({
              repositoryId: repository,
              digest: digestFor(name),
              at: secondsAfterNoon(second),
            }))
            await store.write((tx) => tx.images.recordPulls(told.slice(0, batch)))
            await store.write((tx) => tx.images.recordPulls(told.slice(batch)))
            for (const digest of digests) {
              const times = told.filter((pull) => pull.digest === digest).map(({ at }) => at.getTime())
              const image = await store.images.find(repository, digest)
              expect(image?.lastPulledAt?.getTime()).toBe(times.length === 0 ? undefined : Math.max(...times))
            }
          },
        ),
        { numRuns: 30 },
      )
    })
  })
}
