import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Image, ImageStatus, TagStatus } from '../../../core/images/image.ts'
import type { StorageState } from '../../../core/images/storage.ts'
import { parseTag } from '../../../core/names/tag.ts'
import type { ImageCursor, NamedImage } from '../images.ts'
import type { MetadataStore } from '../metadata-store.ts'
import {
  addRepository,
  allPages,
  digestFor,
  inByteOrder,
  newImage,
  noon,
  type OpenMetadata,
  openForAll,
  secondsAfterNoon,
  tagsOf,
} from './metadata-world.ts'

/** An image by name, pushed so many seconds after noon, under these tags. */
interface Pushed {
  readonly name: string
  readonly second: number
  readonly tags: readonly string[]
  readonly storage: StorageState
}

const anyTagName = fc.stringMatching(/^[AaBb_][Aa_.-]{0,2}$/)

const anyState = fc.constantFrom<StorageState>('ACTIVE', 'ARCHIVED', 'ACTIVATING')

/** Few seconds and few letters, so that images share their time and tags their beginnings. */
const anyPushes: fc.Arbitrary<Pushed[]> = fc
  .uniqueArray(
    fc.record({
      name: fc.string({ minLength: 1, maxLength: 3 }),
      second: fc.nat(5),
      tags: fc.uniqueArray(anyTagName, { maxLength: 4 }),
      storage: anyState,
    }),
    { selector: ({ name }) => name, maxLength: 20 },
  )
  .map(withoutSharedTags)

/** What of a repository a page shows. */
interface Filter {
  readonly tagStatus: TagStatus
  readonly imageStatus: ImageStatus
}

const anyFilter: fc.Arbitrary<Filter> = fc.record({
  tagStatus: fc.constantFrom('ANY', 'TAGGED', 'UNTAGGED'),
  imageStatus: fc.oneof(fc.constant<ImageStatus>('ANY'), anyState),
})
const everything: Filter = { tagStatus: 'ANY', imageStatus: 'ANY' }
const anyLimit = fc.integer({ min: 1, max: 7 })

export function describeImagePages(open: OpenMetadata): void {
  describe('pages of images', () => {
    let store: MetadataStore
    let repository: number
    openForAll(open, (opened) => {
      store = opened.store
    })

    const startWith = async (pushes: readonly Pushed[]) => {
      await store.write((tx) => tx.repositories.deleteAll(noon))
      repository = await addRepository(store)
      await push(pushes)
    }
    const push = (pushes: readonly Pushed[]) =>
      store.write(async (tx) => {
        for (const { name, second, tags, storage } of pushes) {
          const image = newImage(name, { pushedAt: secondsAfterNoon(second), storage })
          await tx.images.add(repository, image)
          for (const tag of tags) await tx.tags.put(repository, parseTag(tag), image.image.digest, noon)
        }
      })
    const remove = (names: readonly string[]) =>
      store.write(async (tx) => {
        for (const name of names) await tx.images.delete(repository, digestFor(name), noon)
      })
    const listAll = (filter: Filter, limit: number, meanwhile?: () => Promise<void>) =>
      allPages<Image, ImageCursor>((page) => store.images.list(repository, { ...filter, ...page }), {
        limit,
        cursorOf: ({ pushedAt, digest }) => ({ pushedAt, digest }),
        meanwhile,
      })
    const listAllNamed = (filter: Filter, limit: number, meanwhile?: () => Promise<void>) =>
      allPages<NamedImage, ImageCursor>(
        (page) => store.images.listNamed(repository, { ...filter, ...page }),
        {
          limit,
          cursorOf: (row) => row,
          meanwhile,
        },
      )

    test('hold each image once, newest first and by digest among equals', async () => {
      await fc.assert(
        fc.asyncProperty(anyPushes, anyFilter, anyLimit, async (pushes, filter, limit) => {
          await startWith(pushes)
          const listed = await listAll(filter, limit)
          const expected = newestFirst(pushes.filter((image) => isShown(image, filter)))
          expect(listed.map(({ digest }) => digest)).toEqual(expected.map(({ name }) => digestFor(name)))
        }),
        { numRuns: 30 },
      )
    })

    test('hold a row for each tag in byte order, and one for each untagged image', async () => {
      await fc.assert(
        fc.asyncProperty(anyPushes, anyFilter, anyLimit, async (pushes, filter, limit) => {
          await startWith(pushes)
          const listed = await listAllNamed(filter, limit)
          const expected = newestFirst(pushes.filter((image) => isShown(image, filter))).flatMap(namedRows)
          expect(listed).toEqual(expected)
        }),
        { numRuns: 30 },
      )
    })

    test('hold every image that stays exactly once, while others come and go', async () => {
      await fc.assert(
        fc.asyncProperty(anyPushes, anyPushes, anyLimit, fc.nat(), async (pushes, later, limit, seed) => {
          await startWith(pushes)
          const staying = pushes.filter((_, index) => (index + seed) % 3 !== 0)
          const leaving = pushes.filter((_, index) => (index + seed) % 3 === 0)
          const change = changeBetweenPages(leaving, strangersAmong(later, pushes))
          const listed = await listAll(everything, limit, change)
          const digests = listed.map(({ digest }) => digest)
          expect(new Set(digests).size).toBe(digests.length)
          const stayed = new Set(staying.map(({ name }) => digestFor(name)))
          expect(digests.filter((digest) => stayed.has(digest))).toEqual(
            newestFirst(staying).map(({ name }) => digestFor(name)),
          )
        }),
        { numRuns: 30 },
      )
    })

    test('hold every tag that stays exactly once, while others come and go', async () => {
      await fc.assert(
        fc.asyncProperty(anyPushes, anyPushes, anyLimit, fc.nat(), async (pushes, later, limit, seed) => {
          await startWith(pushes)
          const staying = pushes.filter((_, index) => (index + seed) % 3 !== 0)
          const leaving = pushes.filter((_, index) => (index + seed) % 3 === 0)
          const change = changeBetweenPages(leaving, strangersAmong(later, pushes))
          const listed = await listAllNamed(everything, limit, change)
          const rows = listed.map(({ digest, tag }) => `${digest} ${tag}`)
          expect(new Set(rows).size).toBe(rows.length)
          const stayed = new Set(staying.map(({ name }) => digestFor(name)))
          expect(listed.filter(({ digest }) => stayed.has(digest))).toEqual(
            newestFirst(staying).flatMap(namedRows),
          )
        }),
        { numRuns: 30 },
      )
    })

    /** One image goes and one comes each time it is called, until all have. */
    const changeBetweenPages = (leaving: readonly Pushed[], coming: readonly Pushed[]) => {
      const changes = leaving.length > coming.length ? leaving.keys() : coming.keys()
      return async () => {
        const { value: turn, done } = changes.next()
        if (done) return
        await remove(leaving.slice(turn, turn + 1).map(({ name }) => name))
        await push(coming.slice(turn, turn + 1))
      }
    }
  })
}

/** A tag points at one image: the last that was pushed under it. */
function withoutSharedTags(pushes: readonly Pushed[]): Pushed[] {
  return pushes.map(({ tags, ...image }, index) => {
    const taken = new Set(pushes.slice(index + 1).flatMap((later) => later.tags))
    return { ...image, tags: tags.filter((tag) => !taken.has(tag)) }
  })
}

function strangersAmong(pushes: readonly Pushed[], known: readonly Pushed[]): Pushed[] {
  const names = new Set(known.map(({ name }) => name))
  const tags = new Set(known.flatMap((image) => image.tags))
  return pushes
    .filter(({ name }) => !names.has(name))
    .map((image) => ({ ...image, tags: image.tags.filter((tag) => !tags.has(tag)) }))
}

function isShown({ tags, storage }: Pushed, { tagStatus, imageStatus }: Filter): boolean {
  if (imageStatus !== 'ANY' && imageStatus !== storage) return false
  return tagStatus === 'ANY' || tags.length > 0 === (tagStatus === 'TAGGED')
}

function newestFirst(pushes: readonly Pushed[]): Pushed[] {
  return pushes.toSorted(
    (one, other) => other.second - one.second || (digestFor(one.name) < digestFor(other.name) ? -1 : 1),
  )
}

function namedRows({ name, second, tags }: Pushed): NamedImage[] {
  const facts = { digest: digestFor(name), pushedAt: secondsAfterNoon(second) }
  if (tags.length === 0) return [{ ...facts, tag: null }]
  return inByteOrder(tagsOf(...tags)).map((tag) => ({ ...facts, tag }))
}
