import { beforeEach, describe, expect, test } from 'vitest'
import type { Cause } from '../../../core/images/cause.ts'
import type { DeletedImage } from '../../../core/images/change.ts'
import { parseTag } from '../../../core/names/tag.ts'
import type { DeletedCursor } from '../history.ts'
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
  tagsOf,
} from './metadata-world.ts'

const cause: Cause = { actor: 'arn:aws:iam::000000000000:user/dev', reason: 'delete' }
const v1 = parseTag('v1')
const unlimited = { changes: 1_000, images: 1_000, bytes: 1_000_000 }

/** What was, and can be brought back. */
export function describeHistory(open: OpenMetadata): void {
  let store: MetadataStore
  let repository: number
  let other: number
  openForAll(open, (opened) => {
    store = opened.store
  })
  beforeEach(async () => {
    await store.write((tx) => tx.repositories.deleteAll(noon))
    repository = await addRepository(store)
    other = await addRepository(store, keyOf('team/other'))
  })

  /** Keeps an image and deletes it, so many seconds after noon. */
  async function remove(name: string, seconds = 0, deletion = `deletion of ${name}`): Promise<void> {
    const digest = digestFor(name)
    await store.write(async (tx) => {
      const at = secondsAfterNoon(seconds)
      await tx.history.keep(repository, digest, { tags: tagsOf('v1', 'v2'), at, cause, deletion })
      await tx.images.delete(repository, digest, at)
    })
  }

  async function move(name: string, seconds: number, tag = v1): Promise<void> {
    const change = { tag, to: digestFor(name), at: secondsAfterNoon(seconds), ...cause }
    await store.write((tx) => tx.history.record(repository, [change]))
  }

  describe('changes of tags', () => {
    test('are told as they were, latest first', async () => {
      const changes = [
        { tag: v1, to: digestFor('a'), at: noon, ...cause },
        { tag: v1, from: digestFor('a'), to: digestFor('b'), at: secondsAfterNoon(1), ...cause },
        { from: digestFor('b'), at: secondsAfterNoon(1), actor: 'someone', reason: 'lifecycle' },
      ] as const
      await store.write((tx) => tx.history.record(repository, changes))
      const kept = await store.history.changes(repository, { limit: 10 })
      expect(kept.map(({ id: _, ...change }) => change)).toEqual(changes.toReversed())
      expect(await store.history.changes(other, { limit: 10 })).toEqual([])
    })

    test('are told tag by tag, and page by page', async () => {
      for (const [seconds, name] of ['a', 'b', 'c', 'd', 'e'].entries()) {
        await move(name, seconds)
        await move(name, seconds, parseTag('v2'))
      }
      const readPage = ({ after, limit }: { readonly after: number | undefined; readonly limit: number }) =>
        store.history.changes(repository, { tag: v1, before: after, limit })
      const all = await allPages(readPage, { limit: 2, cursorOf: ({ id }) => id })
      expect(all.map(({ to }) => to)).toEqual(['e', 'd', 'c', 'b', 'a'].map(digestFor))
    })
  })

  describe('deleted images', () => {
    test('are as they were, bytes and all, in their own repository', async () => {
      const blob = await addBlob(store, repository, 'layer')
      const subject = digestFor('subject')
      const facts = { subject, artifactType: 'text/plain', lastPulledAt: noon, blobs: [blob.digest] }
      const content = Buffer.from([0, 1, 255])
      const digest = await addImage(store, repository, 'image', { ...facts, content })
      await remove('image', 5)
      expect(await store.history.deletedImage(repository, digest)).toEqual({
        image: newImage('image', { ...facts, content }).image,
        tags: ['v1', 'v2'],
        at: secondsAfterNoon(5),
        cause,
        deletion: 'deletion of image',
      })
      const kept = await store.history.deletedContent(repository, digest)
      expect(kept && Buffer.compare(kept, content)).toBe(0)
      expect(await store.history.deletedImage(other, digest)).toBeUndefined()
      expect(await store.history.deletedContent(other, digest)).toBeUndefined()
    })

    test('are told latest first, page by page', async () => {
      for (const [seconds, name] of ['a', 'b', 'c', 'd', 'e'].entries()) {
        await addImage(store, repository, name)
        await remove(name, Math.floor(seconds / 2))
      }
      const all = await allPages<DeletedImage, DeletedCursor>(
        (page) => store.history.deletedImages(repository, page),
        { limit: 2, cursorOf: ({ at, image }) => ({ at, digest: image.digest }) },
      )
      const [a = '', b = '', c = '', d = '', e = ''] = ['a', 'b', 'c', 'd', 'e'].map(digestFor)
      const expected = [e, ...[c, d].toSorted(), ...[a, b].toSorted()]
      expect(all.map(({ image }) => image.digest)).toEqual(expected)
    })

    test('that are deleted once more are as they were the second time', async () => {
      const digest = await addImage(store, repository, 'image')
      await remove('image', 1, 'first')
      await addImage(store, repository, 'image', { pushedAt: secondsAfterNoon(2) })
      expect(await store.history.deletedImages(repository, { limit: 10 })).toEqual([])
      await remove('image', 3, 'second')
      const deleted = await store.history.deletedImages(repository, { limit: 10 })
      expect(deleted).toMatchObject([
        { image: { digest, pushedAt: secondsAfterNoon(2) }, deletion: 'second' },
      ])
    })

    test('know the referrers that went with them', async () => {
      const subject = await addImage(store, repository, 'subject')
      await addImage(store, repository, 'signature', { subject })
      await addImage(store, repository, 'earlier', { subject })
      await remove('earlier', 0, 'earlier')
      await remove('signature', 1, 'together')
      await remove('subject', 1, 'together')
      expect(await store.history.referrersDeletedWith(repository, subject, 'together')).toEqual([
        digestFor('signature'),
      ])
    })

    test('are forgotten when that is asked for, or with their repository', async () => {
      const digest = await addImage(store, repository, 'image')
      await remove('image')
      await store.write((tx) => tx.history.forget(other, digest))
      expect(await store.history.deletedImage(repository, digest)).toBeDefined()
      await store.write((tx) => tx.history.forget(repository, digest))
      expect(await store.history.deletedImage(repository, digest)).toBeUndefined()
      await addImage(store, repository, 'image')
      await remove('image')
      await move('image', 0)
      await store.write((tx) => tx.repositories.delete(repository, noon))
      expect(await store.history.deletedImage(repository, digest)).toBeUndefined()
      expect(await store.history.changes(repository, { limit: 1 })).toEqual([])
    })
  })

  describe('what is too old', () => {
    test('is forgotten, a portion at a time, and nothing else', async () => {
      for (const [seconds, name] of ['a', 'b', 'c', 'd'].entries()) {
        await addImage(store, repository, name)
        await remove(name, seconds)
        await move(name, seconds)
      }
      const expire = () => store.write((tx) => tx.history.expire(secondsAfterNoon(3), 2))
      expect([await expire(), await expire(), await expire()]).toEqual([4, 2, 0])
      const deleted = await store.history.deletedImages(repository, { limit: 10 })
      const changes = await store.history.changes(repository, { limit: 10 })
      expect(deleted.map(({ image }) => image.digest)).toEqual([digestFor('d')])
      expect(changes.map(({ to }) => to)).toEqual([digestFor('d')])
    })
  })

  describe('what is too much', () => {
    beforeEach(async () => {
      for (const [seconds, name] of ['a', 'b', 'c', 'd'].entries()) {
        await addImage(store, repository, name, { content: Buffer.alloc(100) })
        await remove(name, seconds)
        await move(name, seconds)
      }
    })

    test.each([
      [unlimited, ['d', 'c', 'b', 'a'], ['d', 'c', 'b', 'a']],
      [{ ...unlimited, images: 1 }, ['d'], ['d', 'c', 'b', 'a']],
      [{ ...unlimited, bytes: 250 }, ['d', 'c'], ['d', 'c', 'b', 'a']],
      [{ ...unlimited, changes: 3 }, ['d', 'c', 'b', 'a'], ['d', 'c', 'b']],
    ])('is forgotten, the oldest first: %j', async (limits, images, tags) => {
      await store.write((tx) => tx.history.trim(limits, 100))
      const deleted = await store.history.deletedImages(repository, { limit: 10 })
      const changes = await store.history.changes(repository, { limit: 10 })
      expect(deleted.map(({ image }) => image.digest)).toEqual(images.map(digestFor))
      expect(changes.map(({ to }) => to)).toEqual(tags.map(digestFor))
    })

    test('is told by its number, and goes in portions', async () => {
      const trim = () => store.write((tx) => tx.history.trim({ ...unlimited, images: 1, changes: 3 }, 2))
      expect([await trim(), await trim(), await trim()]).toEqual([3, 1, 0])
    })
  })
}
