import { setImmediate as nextTurn } from 'node:timers/promises'
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { parseTag, type Tag } from '../../../core/names/tag.ts'
import type { MetadataStore } from '../metadata-store.ts'
import {
  addImage,
  addRepository,
  allPages,
  digestFor,
  inByteOrder,
  keyOf,
  newImage,
  noon,
  type OpenMetadata,
  openForAll,
  tagsOf,
} from './metadata-world.ts'

const anyTag = fc.stringMatching(/^[AaBb0_][Aab0_.-]{0,3}$/).map(parseTag)

type Step =
  | { readonly kind: 'put'; readonly tag: string; readonly image: string }
  | { readonly kind: 'remove'; readonly tag: string }
  | { readonly kind: 'delete image'; readonly image: string }

const anyImageName = fc.constantFrom('one', 'two', 'three')
const anyShortTag = fc.constantFrom('a', 'b', 'c', 'd')
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('put' as const), tag: anyShortTag, image: anyImageName }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('remove' as const), tag: anyShortTag }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete image' as const), image: anyImageName }) },
)

export function describeTags(open: OpenMetadata): void {
  describe('tags', () => {
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

    test('point where they were last put, and images know whether they have any', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(anyStep, { maxLength: 25 }), async (steps) => {
          await startAfresh()
          const images = new Set(['one', 'two', 'three'])
          for (const image of images) await addImage(store, repository, image)
          const model = new Map<string, string>()
          for (const step of steps) {
            if (step.kind === 'put' && !images.has(step.image)) continue
            await store.write((tx) => take(tx, step))
            follow(model, images, step)
            await expectTags(model, images)
          }
        }),
        { numRuns: 40 },
      )
    })

    const take = (tx: Parameters<Parameters<MetadataStore['write']>[0]>[0], step: Step): Promise<void> => {
      if (step.kind === 'remove') return tx.tags.remove(repository, parseTag(step.tag))
      if (step.kind === 'delete image') return tx.images.delete(repository, digestFor(step.image), noon)
      return tx.tags.put(repository, parseTag(step.tag), digestFor(step.image), noon)
    }

    const expectTags = async (model: ReadonlyMap<string, string>, images: ReadonlySet<string>) => {
      for (const tag of tagsOf('a', 'b', 'c', 'd')) {
        const image = model.get(tag)
        expect(await store.tags.find(repository, tag)).toBe(image && digestFor(image))
      }
      const digests = [...images].map(digestFor)
      const tagsOfImages = await store.tags.ofImages(repository, digests)
      for (const image of images) {
        const tags = [...model].filter(([, pointsAt]) => pointsAt === image).map(([tag]) => tag)
        expect(tagsOfImages.get(digestFor(image)) ?? []).toEqual(tags.toSorted())
      }
      const tagged = await store.images.list(repository, { tagStatus: 'TAGGED', limit: 10 })
      const untagged = await store.images.list(repository, { tagStatus: 'UNTAGGED', limit: 10 })
      expect(new Set(tagged.map(({ digest }) => digest))).toEqual(new Set([...model.values()].map(digestFor)))
      expect(tagged.length + untagged.length).toBe(images.size)
    }

    test('are listed in byte order, page by page', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.uniqueArray(anyTag, { maxLength: 25 }),
          fc.integer({ min: 1, max: 8 }),
          async (tags, limit) => {
            await startAfresh()
            await addImage(store, repository, 'image', { tags })
            const listed = await allPages<Tag, Tag>((page) => store.tags.list(repository, page), {
              limit,
              cursorOf: (tag) => tag,
            })
            expect(listed).toEqual(inByteOrder(tags))
          },
        ),
        { numRuns: 30 },
      )
    })

    test('are listed after anything a client may name, a tag or not', async () => {
      await addImage(store, repository, 'image', { tags: ['1.0', '2.0', 'B', 'a', 'c'] })
      const listAfter = (last: string) => store.tags.list(repository, { after: last, limit: 10 })
      expect(await listAfter('')).toEqual(['1.0', '2.0', 'B', 'a', 'c'])
      expect(await listAfter('B')).toEqual(['a', 'c'])
      expect(await listAfter('1.0 or %')).toEqual(['2.0', 'B', 'a', 'c'])
      expect(await listAfter("b' or 1=1 --")).toEqual(['c'])
      expect(await listAfter('\u{1F6A2}')).toEqual([])
    })

    test('are listed without those of images that are in the archive or on their way back', async () => {
      const other = await addRepository(store, keyOf('team/other'))
      await addImage(store, other, 'archived elsewhere', { tags: ['z'], storage: 'ARCHIVED' })
      await addImage(store, repository, 'active', { tags: ['a', 'c', 'e'] })
      await addImage(store, repository, 'archived', { tags: ['b', 'd'] })
      const list = (limit: number) => store.tags.list(repository, { limit })
      expect(await list(10)).toEqual(['a', 'b', 'c', 'd', 'e'])
      for (const storage of ['ARCHIVED', 'ACTIVATING'] as const) {
        await store.write((tx) => tx.images.setStorage(repository, digestFor('archived'), { storage }))
        expect(await list(2)).toEqual(['a', 'c'])
        expect(await list(10)).toEqual(['a', 'c', 'e'])
      }
    })

    test('belong to one repository', async () => {
      const digest = await addImage(store, repository, 'image', { tags: ['v1'] })
      const other = await addRepository(store, keyOf('team/other'))
      const [v1 = parseTag('v1')] = tagsOf('v1')
      expect(await store.tags.find(other, v1)).toBeUndefined()
      expect(await store.tags.list(other, { limit: 10 })).toEqual([])
      expect(await store.tags.ofImages(other, [digest])).toEqual(new Map())
      await store.write((tx) => tx.tags.remove(other, v1))
      expect(await store.tags.find(repository, v1)).toBe(digest)
    })

    test('are where they were put as soon as that is acknowledged, however many look meanwhile', async () => {
      const images = [await addImage(store, repository, 'one'), await addImage(store, repository, 'two')]
      const tag = parseTag('v1')
      let moving = true
      const look = async () => {
        // A turn of the event loop each time, so that writes get on.
        while (moving) await Promise.all([store.tags.find(repository, tag), nextTurn()])
      }
      const lookers = Promise.all([look(), look(), look()])
      for (const digest of Array.from({ length: 20 }, () => images).flat()) {
        await store.write((tx) => tx.tags.put(repository, tag, digest, noon))
        expect(await store.tags.find(repository, tag)).toBe(digest)
      }
      moving = false
      await lookers
    })

    test('can point only at an image of their repository', async () => {
      const other = await addRepository(store, keyOf('team/other'))
      const digest = await addImage(store, other, 'image')
      const put = store.write((tx) => tx.tags.put(repository, parseTag('v1'), digest, noon))
      await expect(put).rejects.toThrow()
      expect(await store.tags.list(repository, { limit: 10 })).toEqual([])
    })

    test('are found for images by the thousand', async () => {
      const names = Array.from({ length: 1500 }, (_, index) => `image ${index}`)
      await store.write(async (tx) => {
        for (const [index, name] of names.entries()) {
          const { image, ...rest } = newImage(name)
          await tx.images.add(repository, { image, ...rest })
          if (index % 2 === 0) await tx.tags.put(repository, parseTag(`v${index}`), image.digest, noon)
        }
      })
      const found = await store.tags.ofImages(repository, names.map(digestFor))
      expect(found.size).toBe(750)
      expect(found.get(digestFor('image 1498'))).toEqual(['v1498'])
    })
  })
}

function follow(model: Map<string, string>, images: Set<string>, step: Step): void {
  if (step.kind === 'put') model.set(step.tag, step.image)
  if (step.kind === 'remove') model.delete(step.tag)
  if (step.kind !== 'delete image') return
  images.delete(step.image)
  for (const [tag, image] of model) if (image === step.image) model.delete(tag)
}
