import { beforeEach, describe, expect, test } from 'vitest'
import type { RegistryKey } from '../../../core/names/registry-key.ts'
import type { MetadataStore } from '../metadata-store.ts'
import {
  addBlob,
  addImage,
  addRepository,
  addUpload,
  digestFor,
  keyOf,
  noon,
  type OpenMetadata,
  openForAll,
} from './metadata-world.ts'

/** Blob links, uploads and resource tags: what a repository has besides its images. */
export function describePossessions(open: OpenMetadata): void {
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

  describe('blob links', () => {
    test('show a blob to the repositories that have one, and to no other', async () => {
      const blob = await addBlob(store, repository, 'layer')
      expect(await store.blobLinks.find(repository, blob.digest)).toEqual(blob)
      expect(await store.blobLinks.find(other, blob.digest)).toBeUndefined()
      expect(await store.blobLinks.findMany(other, [blob.digest])).toEqual([])
      await store.write((tx) => tx.blobLinks.add(other, blob, noon))
      await store.write((tx) => tx.blobLinks.remove(repository, blob.digest, noon))
      expect(await store.blobLinks.find(repository, blob.digest)).toBeUndefined()
      expect(await store.blobLinks.find(other, blob.digest)).toEqual(blob)
    })

    test('are gone for whoever has just seen them when their repository goes', async () => {
      const { digest } = await addBlob(store, repository, 'layer')
      expect(await store.blobLinks.find(repository, digest)).toBeDefined()
      await store.write((tx) => tx.repositories.deleteAll(noon))
      expect(await store.blobLinks.find(repository, digest)).toBeUndefined()
    })

    test('stay as they are when they are made again, even at once', async () => {
      const blob = await addBlob(store, repository, 'layer')
      const addAgain = () => store.write((tx) => tx.blobLinks.add(repository, blob, noon))
      await Promise.all(Array.from({ length: 5 }, addAgain))
      expect(await store.blobLinks.findMany(repository, [blob.digest, blob.digest])).toEqual([blob])
    })

    test('are not counted twice when the blobs of the installation are', async () => {
      const before = await store.blobLinks.total()
      const blob = await addBlob(store, repository, `a layer that was not here at ${before.blobs} blobs`)
      await store.write((tx) => tx.blobLinks.add(other, blob, noon))
      const after = await store.blobLinks.total()
      expect(after).toEqual({ blobs: before.blobs + 1, bytes: before.bytes + blob.size })
    })

    test('are found by the thousand', async () => {
      const digests = Array.from({ length: 2500 }, (_, index) => digestFor(`blob ${index}`))
      await store.write(async (tx) => {
        for (const digest of digests.slice(0, 1500))
          await tx.blobLinks.add(repository, { digest, size: 7 }, noon)
      })
      const found = await store.blobLinks.findMany(repository, digests)
      expect(new Set(found.map(({ digest }) => digest))).toEqual(new Set(digests.slice(0, 1500)))
    })

    test('lead to the repositories of one registry that have the blob, the oldest first', async () => {
      const { digest } = await addBlob(store, other, 'layer')
      const names = async (registry: RegistryKey, limit = 10) =>
        store.blobLinks.holders(registry, digest, limit)
      await addBlob(store, repository, 'layer')
      await addBlob(store, repository, 'another layer')
      await addBlob(store, await addRepository(store, keyOf('elsewhere', '111122223333')), 'layer')
      await addBlob(store, await addRepository(store, keyOf('abroad', '000000000000', 'eu-west-1')), 'layer')
      expect(await names(keyOf('xx'))).toEqual(['team/app', 'team/other'])
      expect(await names(keyOf('xx'), 1)).toEqual(['team/app'])
      expect(await names(keyOf('xx', '111122223333'))).toEqual(['elsewhere'])
      expect(await names(keyOf('xx', '222222222222'))).toEqual([])
    })

    test('can not be taken from an image that needs the blob', async () => {
      const blob = await addBlob(store, repository, 'layer')
      await addImage(store, repository, 'image', { blobs: [blob.digest] })
      await expect(store.write((tx) => tx.blobLinks.remove(repository, blob.digest, noon))).rejects.toThrow()
      expect(await store.blobLinks.find(repository, blob.digest)).toEqual(blob)
    })

    test('come to be needed by images that lacked the blob, of their own repository alone', async () => {
      const digest = digestFor('late layer')
      const image = await addImage(store, repository, 'image', { absentBlobs: [digest, digest] })
      const twin = await addImage(store, repository, 'twin', { absentBlobs: [digest] })
      await addImage(store, other, 'image', { absentBlobs: [digest] })
      expect(await store.blobLinks.isReferenced(repository, digest)).toBe(false)
      for (const _ of ['first', 'again']) await addBlob(store, repository, 'late layer')
      expect(await store.blobLinks.isReferenced(repository, digest)).toBe(true)
      expect(await store.blobLinks.isReferenced(other, digest)).toBe(false)
      await store.write((tx) => tx.images.delete(repository, image, noon))
      expect(await store.blobLinks.isReferenced(repository, digest)).toBe(true)
      await store.write((tx) => tx.images.delete(repository, twin, noon))
      expect(await store.blobLinks.isReferenced(repository, digest)).toBe(false)
      await store.write((tx) => tx.blobLinks.remove(repository, digest, noon))
    })

    test('are not waited for by an image that is gone', async () => {
      const digest = digestFor('late layer')
      const image = await addImage(store, repository, 'image', { absentBlobs: [digest] })
      await store.write((tx) => tx.images.delete(repository, image, noon))
      await addBlob(store, repository, 'late layer')
      expect(await store.blobLinks.isReferenced(repository, digest)).toBe(false)
    })

    test('are what an image needs before it can be added', async () => {
      await addBlob(store, other, 'layer')
      const add = addImage(store, repository, 'image', { blobs: [digestFor('layer')] })
      await expect(add).rejects.toThrow()
      expect(await store.images.count(repository)).toBe(0)
    })
  })

  describe('uploads', () => {
    test('are found in their own repository until they are deleted', async () => {
      const upload = await addUpload(store, repository)
      expect(await store.uploads.find(repository, upload.id)).toEqual(upload)
      expect(await store.uploads.find(other, upload.id)).toBeUndefined()
      expect(await store.uploads.find(repository, `${upload.id}'`)).toBeUndefined()
      await store.write((tx) => tx.uploads.delete(upload.id))
      expect(await store.uploads.find(repository, upload.id)).toBeUndefined()
    })

    test('count their parts', async () => {
      const upload = await addUpload(store, repository)
      const untouched = await addUpload(store, repository)
      const grown = { ...upload, parts: 3, shortestInnerPart: 5_242_880, lastPart: 52_428_800_000 }
      await store.write((tx) => tx.uploads.setParts(grown))
      expect(await store.uploads.find(repository, upload.id)).toEqual(grown)
      expect(await store.uploads.find(repository, untouched.id)).toEqual(untouched)
    })
  })

  describe('resource tags', () => {
    test('are added, overwritten and removed by key', async () => {
      const tags = (entries: Record<string, string>) => new Map(Object.entries(entries))
      const put = (entries: Record<string, string>) =>
        store.write((tx) => tx.resourceTags.put(repository, tags(entries)))
      await put({ team: 'a', Stage: 'dev', '%': '' })
      await put({ team: 'b', 'späte Größe': '\u{1F6A2}' })
      await put({})
      await store.write((tx) => tx.resourceTags.remove(repository, ['%', 'unknown']))
      await store.write((tx) => tx.resourceTags.remove(repository, []))
      const left = await store.resourceTags.of(repository)
      expect([...left]).toEqual([
        ['Stage', 'dev'],
        ['späte Größe', '\u{1F6A2}'],
        ['team', 'b'],
      ])
      expect(await store.resourceTags.of(other)).toEqual(new Map())
    })
  })
}
