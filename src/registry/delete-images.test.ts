import { describe, expect, test } from 'vitest'
import type { LastTag } from '../core/images/deletion.ts'
import {
  ImageNotFoundError,
  ImageReferencedByManifestListError,
  ImageTagDoesNotMatchDigestError,
} from '../core/images/errors.ts'
import { parseTag } from '../core/names/tag.ts'
import { RepositoryNotFoundError } from '../core/repositories/errors.ts'
import { deleteImages, type ImageToDelete } from './delete-images.ts'
import type { Registry } from './registry.ts'
import { imageOf, indexOf, pushImage, pushManifest } from './testing/test-images.ts'
import { cause, immutable, keyOf, makeRepository, openTestRegistry } from './testing/test-registry.ts'

const key = keyOf('team/app')
const [v1, v2] = [parseTag('v1'), parseTag('v2')]
const [a, b] = [imageOf('a').digest, imageOf('b').digest]
const index = indexOf([imageOf('a'), imageOf('b')])

function deleteAll(registry: Registry, images: readonly ImageToDelete[], lastTag: LastTag = 'deletes-image') {
  return deleteImages(registry, key, images, { lastTag, cause })
}

/** Every image with its tags. */
async function contents(registry: Registry): Promise<Record<string, readonly string[]>> {
  const repository = await registry.metadata.repositories.find(key)
  const id = repository?.id ?? 0
  const images = await registry.metadata.images.list(id, { tagStatus: 'ANY', limit: 100 })
  const digests = images.map(({ digest }) => digest)
  const tags = await registry.metadata.tags.ofImages(id, digests)
  return Object.fromEntries(digests.map((digest) => [digest, tags.get(digest) ?? []]))
}

async function withTaggedImage(registry: Registry): Promise<void> {
  await makeRepository(registry, key, immutable)
  await pushImage(registry, key, 'a', { tag: 'v1' })
  await pushManifest(registry, key, imageOf('a'), 'v2')
}

async function withIndex(registry: Registry): Promise<void> {
  await makeRepository(registry, key)
  await pushImage(registry, key, 'a', { tag: 'v1' })
  await pushImage(registry, key, 'b')
  await pushManifest(registry, key, index, 'multi')
}

describe('deleting', () => {
  test('by tag takes the tag, and the image with its last', async () => {
    await using world = await openTestRegistry()
    await withTaggedImage(world.registry)
    expect(await deleteAll(world.registry, [{ tag: v1 }])).toEqual([{ deleted: [{ digest: a, tag: v1 }] }])
    expect(await contents(world.registry)).toEqual({ [a]: ['v2'] })
    expect(await deleteAll(world.registry, [{ tag: v2 }])).toEqual([{ deleted: [{ digest: a, tag: v2 }] }])
    expect(await contents(world.registry)).toEqual({})
  })

  test('by both tags in one call takes the image', async () => {
    await using world = await openTestRegistry()
    await withTaggedImage(world.registry)
    await deleteAll(world.registry, [{ tag: v1 }, { tag: v2 }])
    expect(await contents(world.registry)).toEqual({})
  })

  test('by the last tag keeps the image where that is asked for', async () => {
    await using world = await openTestRegistry()
    await withTaggedImage(world.registry)
    const deletions = await deleteAll(world.registry, [{ tag: v1 }, { tag: v2 }], 'keeps-image')
    expect(deletions).toEqual([v1, v2].map((tag) => ({ deleted: [{ digest: a, tag }] })))
    expect(await contents(world.registry)).toEqual({ [a]: [] })
  })

  test('by digest takes the image and names all its tags', async () => {
    await using world = await openTestRegistry()
    await withTaggedImage(world.registry)
    await pushImage(world.registry, key, 'b')
    expect(await deleteAll(world.registry, [{ digest: a }, { digest: b }])).toEqual([
      { deleted: [v1, v2].map((tag) => ({ digest: a, tag })) },
      { deleted: [{ digest: b }] },
    ])
    expect(await contents(world.registry)).toEqual({})
  })

  test('by digest and tag takes the tag', async () => {
    await using world = await openTestRegistry()
    await withTaggedImage(world.registry)
    expect(await deleteAll(world.registry, [{ digest: a, tag: v1 }])).toEqual([
      { deleted: [{ digest: a, tag: v1 }] },
    ])
    expect(await contents(world.registry)).toEqual({ [a]: ['v2'] })
  })

  test('refuses what does not exist or does not match, and does the rest', async () => {
    await using world = await openTestRegistry()
    await withTaggedImage(world.registry)
    const v3 = parseTag('v3')
    const asked = [
      { tag: v3 },
      { digest: b },
      { digest: b, tag: v1 },
      { digest: a, tag: v3 },
      { tag: v2 },
      {},
    ]
    expect(await deleteAll(world.registry, asked)).toEqual([
      { refused: new ImageNotFoundError(key, { tag: 'v3' }) },
      { refused: new ImageNotFoundError(key, { digest: b }) },
      { refused: new ImageTagDoesNotMatchDigestError() },
      { refused: new ImageNotFoundError(key, { digest: a, tag: 'v3' }) },
      { deleted: [{ digest: a, tag: v2 }] },
      { refused: new ImageNotFoundError(key, {}) },
    ])
    expect(await contents(world.registry)).toEqual({ [a]: ['v1'] })
  })

  test('the same twice in one call finds nothing the second time', async () => {
    await using world = await openTestRegistry()
    await withTaggedImage(world.registry)
    expect(await deleteAll(world.registry, [{ tag: v1 }, { tag: v1 }, { digest: a }, { digest: a }])).toEqual(
      [
        { deleted: [{ digest: a, tag: v1 }] },
        { refused: new ImageNotFoundError(key, { tag: 'v1' }) },
        { deleted: [{ digest: a, tag: v2 }] },
        { refused: new ImageNotFoundError(key, { digest: a }) },
      ],
    )
  })

  test('nothing is fine, but not in a repository that does not exist', async () => {
    await using world = await openTestRegistry()
    await expect(deleteAll(world.registry, [])).rejects.toThrow(new RepositoryNotFoundError(key))
    await makeRepository(world.registry, key)
    expect(await deleteAll(world.registry, [])).toEqual([])
  })
})

describe('an image that an index lists', () => {
  test('stays, and so does its last tag', async () => {
    await using world = await openTestRegistry()
    await withIndex(world.registry)
    const refused = new ImageReferencedByManifestListError([index.digest])
    expect(await deleteAll(world.registry, [{ digest: a }, { digest: b }, { tag: v1 }])).toEqual([
      { refused },
      { refused },
      { refused },
    ])
    expect(await contents(world.registry)).toEqual({ [a]: ['v1'], [b]: [], [index.digest]: ['multi'] })
  })

  test('stays when its index goes, and can go then', async () => {
    await using world = await openTestRegistry()
    await withIndex(world.registry)
    await deleteAll(world.registry, [{ digest: index.digest }])
    expect(await contents(world.registry)).toEqual({ [a]: ['v1'], [b]: [] })
    await deleteAll(world.registry, [{ digest: a }, { digest: b }])
    expect(await contents(world.registry)).toEqual({})
  })

  test.each([
    ['before', [{ digest: index.digest }, { digest: a }, { digest: b }]],
    ['after', [{ digest: a }, { tag: v1 }, { digest: b }, { tag: parseTag('multi') }]],
    ['between', [{ digest: b }, { digest: index.digest }, { digest: a }, { digest: a }]],
  ])('goes in one call with its index, listed %s it', async (_, images) => {
    await using world = await openTestRegistry()
    await withIndex(world.registry)
    await deleteAll(world.registry, images)
    expect(await contents(world.registry)).toEqual({})
  })

  test('goes in one call with all the indexes around its index, whatever the order', async () => {
    await using world = await openTestRegistry()
    await withIndex(world.registry)
    const outer = indexOf([index])
    const outermost = indexOf([outer, imageOf('a')])
    await pushManifest(world.registry, key, outer)
    await pushManifest(world.registry, key, outermost)
    const digests = [a, b, index.digest, outer.digest, outermost.digest]
    const deletions = await deleteAll(
      world.registry,
      digests.map((digest) => ({ digest })),
    )
    expect(deletions.map((deletion) => 'deleted' in deletion && deletion.deleted[0]?.digest)).toEqual(digests)
    expect(await contents(world.registry)).toEqual({})
  })

  test('stays while one of two indexes stays', async () => {
    await using world = await openTestRegistry()
    await withIndex(world.registry)
    const second = indexOf([imageOf('a')])
    await pushManifest(world.registry, key, second)
    const [, deletion] = await deleteAll(world.registry, [{ digest: index.digest }, { digest: a }])
    expect(deletion).toEqual({ refused: new ImageReferencedByManifestListError([second.digest]) })
  })
})
