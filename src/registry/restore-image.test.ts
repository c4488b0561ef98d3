import { describe, expect, test } from 'vitest'
import { LimitExceededError } from '../core/errors.ts'
import {
  ImageNotFoundError,
  ImageTagAlreadyExistsError,
  ReferencedImagesNotFoundError,
} from '../core/images/errors.ts'
import { LayersNotFoundError } from '../core/images/layer-errors.ts'
import type { Digest } from '../core/names/digest.ts'
import { parseTag } from '../core/names/tag.ts'
import { RepositoryNotFoundError } from '../core/repositories/errors.ts'
import { deleteBlob } from './delete-blob.ts'
import { deleteImages } from './delete-images.ts'
import { deleteRepository } from './delete-repository.ts'
import { getManifest } from './get-manifest.ts'
import { readBlob } from './read-blob.ts'
import type { Registry } from './registry.ts'
import { type Restoration, restoreImage } from './restore-image.ts'
import { setTagMutability } from './set-tag-mutability.ts'
import { day, type GarbageWorld, openGarbageWorld } from './testing/garbage-world.ts'
import { imageOf, indexOf, pushImage, pushManifest, textBlob } from './testing/test-images.ts'
import { cause, immutable, keyOf, makeRepository } from './testing/test-registry.ts'

const key = keyOf('team/app')
const [v1, v2] = [parseTag('v1'), parseTag('v2')]
const [a, b] = [imageOf('a').digest, imageOf('b').digest]
const index = indexOf([imageOf('a'), imageOf('b')])
const dev = 'arn:aws:iam::000000000000:user/dev'

async function openWorld(options: Parameters<typeof openGarbageWorld>[0] = {}): Promise<GarbageWorld> {
  const world = await openGarbageWorld(options)
  await makeRepository(world.registry, key)
  return world
}

function remove(registry: Registry, ...digests: readonly Digest[]) {
  const images = digests.map((digest) => ({ digest }))
  return deleteImages(registry, key, images, { lastTag: 'deletes-image', cause })
}

function restore(registry: Registry, digest: Digest, how: Partial<Restoration> = {}) {
  return restoreImage(registry, {
    repository: key,
    digest,
    formerTags: 'left',
    missing: 'refused',
    actor: dev,
    ...how,
  })
}

/** Every image with its tags. */
async function contents(registry: Registry): Promise<Record<string, readonly string[]>> {
  const id = await idOf(registry)
  const images = await registry.metadata.images.list(id, { tagStatus: 'ANY', limit: 100 })
  const digests = images.map(({ digest }) => digest)
  const tags = await registry.metadata.tags.ofImages(id, digests)
  return Object.fromEntries(digests.map((digest) => [digest, tags.get(digest) ?? []]))
}

async function idOf(registry: Registry): Promise<number> {
  return (await registry.metadata.repositories.find(key))?.id ?? 0
}

describe('a deleted image', () => {
  test('comes back as it was: bytes, times and blobs, without its tags', async () => {
    await using world = await openWorld()
    const { registry } = world
    const { image } = await pushImage(registry, key, 'a', { tag: 'v1' })
    world.pass(1_000)
    await remove(registry, a)
    world.pass(1_000)
    expect(await restore(registry, a)).toEqual({ image, images: [a], tags: [], taken: [] })
    expect(await contents(registry)).toEqual({ [a]: [] })
    const { content } = await getManifest(registry, {
      repository: key,
      reference: { kind: 'digest', digest: a },
      as: 'look',
    })
    expect(Buffer.from(content).equals(imageOf('a').content)).toBe(true)
    world.pass(1000 * day)
    await world.collect()
    const layer = await readBlob(registry, key, textBlob('layer a').digest)
    expect(Buffer.concat(await layer.toArray()).toString()).toBe('layer a')
  })

  test('comes back until the grace period ends, however often garbage is collected', async () => {
    await using world = await openWorld()
    const { registry } = world
    await pushImage(registry, key, 'a')
    await pushImage(registry, key, 'b')
    world.pass(30 * day)
    await remove(registry, a, b)
    world.pass(day)
    await world.collect()
    await restore(registry, a)
    world.pass(1)
    await expect(restore(registry, b)).rejects.toThrow(ImageNotFoundError)
    await world.collect()
    expect(await contents(registry)).toEqual({ [a]: [] })
    expect(await world.stored()).toHaveLength(2)
    expect(await registry.metadata.history.deletedImages(await idOf(registry), { limit: 9 })).toEqual([])
  })

  test('is nowhere to be seen meanwhile', async () => {
    await using world = await openWorld()
    const { registry } = world
    await pushImage(registry, key, 'a', { tag: 'v1' })
    await remove(registry, a)
    for (const reference of [
      { kind: 'digest', digest: a },
      { kind: 'tag', tag: v1 },
    ] as const) {
      await expect(getManifest(registry, { repository: key, reference, as: 'look' })).rejects.toThrow(
        ImageNotFoundError,
      )
    }
    await deleteRepository(registry, key, { images: 'refuse' })
    await expect(restore(registry, a)).rejects.toThrow(RepositoryNotFoundError)
    await makeRepository(registry, key)
    await expect(restore(registry, a)).rejects.toThrow(ImageNotFoundError)
  })

  test('comes back once, and asking again is a success', async () => {
    await using world = await openWorld()
    const { registry } = world
    const { image } = await pushImage(registry, key, 'a', { tag: 'v1' })
    await remove(registry, a)
    await restore(registry, a, { tag: v1 })
    expect(await restore(registry, a, { tag: v1, formerTags: 'restored' })).toEqual({
      image,
      images: [],
      tags: [],
      taken: [],
    })
  })

  test('gets the tags it had, but for those that others have by now', async () => {
    await using world = await openWorld()
    const { registry } = world
    await pushImage(registry, key, 'a', { tag: 'v1' })
    await pushManifest(registry, key, imageOf('a'), 'v2')
    await remove(registry, a)
    await pushImage(registry, key, 'b', { tag: 'v2' })
    const { tags, taken } = await restore(registry, a, { formerTags: 'restored' })
    expect({ tags, taken }).toEqual({ tags: [{ tag: v1, digest: a }], taken: [{ tag: v2, digest: b }] })
    expect(await contents(registry)).toEqual({ [a]: ['v1'], [b]: ['v2'] })
  })

  test('that was pushed again is as it was pushed the second time', async () => {
    await using world = await openWorld()
    const { registry } = world
    await pushImage(registry, key, 'a')
    await remove(registry, a)
    world.pass(5)
    const { image } = await pushImage(registry, key, 'a')
    expect(await restore(registry, a)).toMatchObject({ image, images: [] })
    await remove(registry, a)
    expect(await restore(registry, a)).toMatchObject({ image, images: [a] })
  })

  test('without a layer, deleted by its own name, does not come back, and nothing is half done', async () => {
    await using world = await openWorld()
    const { registry } = world
    await pushImage(registry, key, 'a', { tag: 'v1' })
    await remove(registry, a)
    const layer = textBlob('layer a').digest
    await deleteBlob(registry, key, layer)
    const options = { formerTags: 'restored' } as const
    await expect(restore(registry, a, options)).rejects.toThrow(LayersNotFoundError)
    expect(await contents(registry)).toEqual({})
    expect(await restore(registry, a, { ...options, missing: 'accepted' })).toMatchObject({ images: [a] })
  })

  test('counts for the quota only when it is back', async () => {
    await using world = await openWorld({ quotas: { imagesPerRepository: 1 } })
    const { registry } = world
    await pushImage(registry, key, 'a')
    await remove(registry, a)
    await pushImage(registry, key, 'b')
    await expect(restore(registry, a)).rejects.toThrow(LimitExceededError)
    await remove(registry, b)
    await restore(registry, a)
    expect(await contents(registry)).toEqual({ [a]: [] })
  })
})

describe('with an image come back', () => {
  test('the images that an index lists, and their tags', async () => {
    await using world = await openWorld()
    const { registry } = world
    await pushImage(registry, key, 'a', { tag: 'v1' })
    await pushImage(registry, key, 'b')
    await pushManifest(registry, key, index, 'v2')
    await remove(registry, a, index.digest)
    await remove(registry, b)
    const restored = await restore(registry, index.digest, { formerTags: 'restored' })
    expect(restored.images).toEqual([a, b, index.digest])
    expect(await contents(registry)).toEqual({ [a]: ['v1'], [b]: [], [index.digest]: ['v2'] })
  })

  test('no image of an index that is not kept any more, nor then the index', async () => {
    await using world = await openWorld()
    const { registry } = world
    await pushImage(registry, key, 'a')
    await pushImage(registry, key, 'b')
    await pushManifest(registry, key, index)
    await remove(registry, a, b, index.digest)
    const id = await idOf(registry)
    await registry.metadata.write((tx) => tx.history.forget(id, b))
    await expect(restore(registry, index.digest)).rejects.toThrow(ReferencedImagesNotFoundError)
    expect(await contents(registry)).toEqual({})
  })

  test('the referrers that went in the same deletion, and no others', async () => {
    await using world = await openWorld()
    const { registry } = world
    await pushImage(registry, key, 'a')
    const subject = { mediaType: 'x', digest: a, size: imageOf('a').content.byteLength }
    const signature = (await pushImage(registry, key, 'signature', { members: { subject } })).image.digest
    const earlier = (await pushImage(registry, key, 'earlier', { members: { subject } })).image.digest
    await remove(registry, earlier)
    await remove(registry, a, signature)
    expect((await restore(registry, a)).images).toEqual([a, signature])
    expect((await restore(registry, earlier)).images).toEqual([earlier])
  })
})

describe('a tag', () => {
  test('that a push has moved is pointed back', async () => {
    await using world = await openWorld()
    const { registry } = world
    await pushImage(registry, key, 'a', { tag: 'v1' })
    await pushImage(registry, key, 'b', { tag: 'v1' })
    const { images, tags } = await restore(registry, a, { tag: v1 })
    expect({ images, tags }).toEqual({ images: [], tags: [{ tag: v1, digest: a }] })
    expect(await contents(registry)).toEqual({ [a]: ['v1'], [b]: [] })
  })

  test('that is immutable stays with the image that has it, and the deleted image is not back', async () => {
    await using world = await openWorld()
    const { registry } = world
    await pushImage(registry, key, 'a', { tag: 'v1' })
    await remove(registry, a)
    await pushImage(registry, key, 'b', { tag: 'v1' })
    await setTagMutability(registry, key, immutable)
    await expect(restore(registry, a, { tag: v1 })).rejects.toThrow(ImageTagAlreadyExistsError)
    expect(await contents(registry)).toEqual({ [b]: ['v1'] })
    await restore(registry, a, { tag: v2 })
    expect(await contents(registry)).toEqual({ [a]: ['v2'], [b]: ['v1'] })
  })

  test('tells its history: who pointed it where, and by what', async () => {
    await using world = await openWorld()
    const { registry } = world
    await pushImage(registry, key, 'a', { tag: 'v1' })
    await pushImage(registry, key, 'b', { tag: 'v1' })
    await pushManifest(registry, key, imageOf('b'), 'v1')
    await remove(registry, b)
    await restore(registry, b, { tag: v1 })
    const id = await idOf(registry)
    const changes = await registry.metadata.history.changes(id, { tag: v1, limit: 9 })
    expect(changes).toMatchObject([
      { to: b, actor: dev, reason: 'restore' },
      { from: b, actor: cause.actor, reason: cause.reason },
      { from: a, to: b },
      { to: a },
    ])
    expect(changes[1]).not.toHaveProperty('to')
    const all = await registry.metadata.history.changes(id, { limit: 9 })
    const images = all.filter(({ tag }) => tag === undefined)
    expect(images).toMatchObject([{ to: b, reason: 'restore' }, { from: b }])
  })
})
