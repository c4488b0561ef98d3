import { describe, expect, test } from 'vitest'
import { ImageNotFoundError } from '../core/images/errors.ts'
import { parseTag } from '../core/names/tag.ts'
import { RepositoryNotFoundError } from '../core/repositories/errors.ts'
import type { MetadataStore } from '../stores/metadata/metadata-store.ts'
import type { TagReader } from '../stores/metadata/tags.ts'
import { deleteImages } from './delete-images.ts'
import { getManifest } from './get-manifest.ts'
import { imageOf, imageType, pushImage, pushManifest } from './testing/test-images.ts'
import { cause, keyOf, makeRepository, openTestRegistry } from './testing/test-registry.ts'

const repository = keyOf('team/app')
const byV1 = { kind: 'tag', tag: parseTag('v1') } as const
const a = imageOf('a')
const byDigest = { kind: 'digest', digest: a.digest } as const

/** The real store, in which something happens right after a tag was looked up. */
function afterTagReads(
  store: MetadataStore,
  meanwhile: { readonly happens?: (() => Promise<unknown>) | undefined },
): MetadataStore {
  const tags: TagReader = {
    find: async (repositoryId, tag) => {
      const digest = await store.tags.find(repositoryId, tag)
      await meanwhile.happens?.()
      return digest
    },
    list: (repositoryId, page) => store.tags.list(repositoryId, page),
    ofImages: (repositoryId, digests) => store.tags.ofImages(repositoryId, digests),
  }
  return { ...store, tags }
}

describe('a manifest', () => {
  test('is got by tag and by digest, the first time and from the cache', async () => {
    await using world = await openTestRegistry()
    await makeRepository(world.registry, repository)
    await pushImage(world.registry, repository, 'a', { tag: 'v1' })
    for (const reference of [byV1, byDigest, byV1, byDigest]) {
      const manifest = await getManifest(world.registry, { repository, reference, as: 'look' })
      expect(manifest).toMatchObject({ digest: a.digest, mediaType: imageType })
      expect(Buffer.from(manifest.content)).toEqual(Buffer.from(a.content))
    }
  })

  test('is not found under what nobody pushed', async () => {
    await using world = await openTestRegistry()
    const { registry } = world
    const get = (reference: typeof byV1 | typeof byDigest) =>
      getManifest(registry, { repository, reference, as: 'pull' })
    await expect(get(byV1)).rejects.toThrow(new RepositoryNotFoundError(repository))
    await makeRepository(registry, repository)
    await expect(get(byV1)).rejects.toThrow(new ImageNotFoundError(repository, { tag: 'v1' }))
    await expect(get(byDigest)).rejects.toThrow(new ImageNotFoundError(repository, { digest: a.digest }))
  })

  test('under a tag that moved is the new one at once', async () => {
    await using world = await openTestRegistry()
    await makeRepository(world.registry, repository)
    for (const text of ['a', 'b', 'c']) {
      await pushImage(world.registry, repository, text, { tag: 'v1' })
      const { digest } = await getManifest(world.registry, { repository, reference: byV1, as: 'look' })
      expect(digest).toBe(imageOf(text).digest)
    }
  })

  test('that was deleted is gone at once, and here again when it is pushed again', async () => {
    await using world = await openTestRegistry()
    const { registry } = world
    await makeRepository(registry, repository)
    await pushImage(registry, repository, 'a', { tag: 'v1' })
    await getManifest(registry, { repository, reference: byDigest, as: 'look' })
    await deleteImages(registry, repository, [{ digest: a.digest }], { lastTag: 'deletes-image', cause })
    for (const reference of [byV1, byDigest]) {
      await expect(getManifest(registry, { repository, reference, as: 'look' })).rejects.toThrow(
        ImageNotFoundError,
      )
    }
    await pushManifest(registry, repository, a)
    const again = await getManifest(registry, { repository, reference: byDigest, as: 'look' })
    expect(again.digest).toBe(a.digest)
  })

  test('under a tag that moves while it is read is the new one, though the old is deleted by then', async () => {
    const meanwhile: { happens?: (() => Promise<unknown>) | undefined } = {}
    await using world = await openTestRegistry({ metadata: (store) => afterTagReads(store, meanwhile) })
    const { registry } = world
    await makeRepository(registry, repository)
    await pushImage(registry, repository, 'a', { tag: 'v1' })
    meanwhile.happens = async () => {
      meanwhile.happens = undefined
      await pushImage(registry, repository, 'b', { tag: 'v1' })
      await deleteImages(registry, repository, [{ digest: a.digest }], { lastTag: 'deletes-image', cause })
    }
    const { digest } = await getManifest(registry, { repository, reference: byV1, as: 'pull' })
    expect(digest).toBe(imageOf('b').digest)
  })

  test('whose tag is deleted while it is read is not found', async () => {
    const meanwhile: { happens?: (() => Promise<unknown>) | undefined } = {}
    await using world = await openTestRegistry({ metadata: (store) => afterTagReads(store, meanwhile) })
    const { registry } = world
    await makeRepository(registry, repository)
    await pushImage(registry, repository, 'a', { tag: 'v1' })
    meanwhile.happens = async () => {
      meanwhile.happens = undefined
      await deleteImages(registry, repository, [{ tag: byV1.tag }], { lastTag: 'deletes-image', cause })
    }
    await expect(getManifest(registry, { repository, reference: byV1, as: 'pull' })).rejects.toThrow(
      ImageNotFoundError,
    )
  })

  test('counts as pulled when it is pulled, not when it is looked at', async () => {
    await using world = await openTestRegistry()
    const { registry } = world
    const { id } = await makeRepository(registry, repository)
    await pushImage(registry, repository, 'a', { tag: 'v1' })
    const lastPull = async () => {
      await registry.pulls.flush()
      return (await registry.metadata.images.find(id, a.digest))?.lastPulledAt
    }
    await getManifest(registry, { repository, reference: byV1, as: 'look' })
    expect(await lastPull()).toBeUndefined()
    world.pass(60_000)
    await getManifest(registry, { repository, reference: byV1, as: 'pull' })
    expect(await lastPull()).toEqual(registry.now())
  })
})
