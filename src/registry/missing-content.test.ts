import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ImageReferencedByManifestListError, ReferencedImagesNotFoundError } from '../core/images/errors.ts'
import { LayerReferencedByImageError, LayersNotFoundError } from '../core/images/layer-errors.ts'
import { deleteBlob } from './delete-blob.ts'
import { deleteImages } from './delete-images.ts'
import { getManifest } from './get-manifest.ts'
import { mountBlob } from './mount-blob.ts'
import { putManifest } from './put-manifest.ts'
import { statBlob } from './read-blob.ts'
import type { Registry } from './registry.ts'
import { day, openGarbageWorld } from './testing/garbage-world.ts'
import {
  imageOf,
  indexOf,
  manifestOf,
  pushBlob,
  pushImage,
  pushManifest,
  type TestManifest,
  textBlob,
} from './testing/test-images.ts'
import { cause, keyOf, makeRepository, openTestRegistry } from './testing/test-registry.ts'

const key = keyOf('team/app')
const other = keyOf('team/other')

function pushSparse(registry: Registry, { content }: TestManifest) {
  return putManifest(registry, { repository: key, cause, content, missing: 'accepted' })
}

describe('an image without all its blobs, where that is accepted', () => {
  test('is stored as it came, and its blobs are needed from when they come', async () => {
    await using world = await openTestRegistry()
    const { registry } = world
    for (const name of [key, other]) await makeRepository(registry, name)
    const config = await pushBlob(registry, key, 'config a')
    const { image } = await pushSparse(registry, imageOf('a'))
    const reference = { kind: 'digest', digest: image.digest } as const
    const { content } = await getManifest(registry, { repository: key, reference, as: 'look' })
    expect(Buffer.from(content)).toEqual(Buffer.from(imageOf('a').content))
    await expect(deleteBlob(registry, key, config.digest)).rejects.toThrow(LayerReferencedByImageError)

    const layer = await pushBlob(registry, other, 'layer a')
    await mountBlob(registry, { repository: key, from: other, digest: layer.digest })
    await expect(deleteBlob(registry, key, layer.digest)).rejects.toThrow(LayerReferencedByImageError)
    await deleteImages(registry, key, [image], { lastTag: 'keeps-image', cause })
    for (const { digest } of [config, layer]) await deleteBlob(registry, key, digest)
  })

  test('needs what comes later whatever the order in which manifests and blobs come', async () => {
    await using world = await openTestRegistry()
    const { registry } = world
    await makeRepository(registry, key)
    const steps = ['config a', 'layer a', 'config b', 'layer b', 'a', 'b'] as const
    const order = fc.shuffledSubarray([...steps], { minLength: steps.length })
    await fc.assert(
      fc.asyncProperty(order, async (shuffled) => {
        for (const step of shuffled) {
          if (step === 'a' || step === 'b') await pushSparse(registry, imageOf(step))
          else await pushBlob(registry, key, step)
        }
        const digests = steps.slice(0, 4).map((text) => textBlob(text).digest)
        for (const digest of digests) {
          await expect(deleteBlob(registry, key, digest)).rejects.toThrow(LayerReferencedByImageError)
        }
        await deleteImages(registry, key, [imageOf('a'), imageOf('b')], { lastTag: 'keeps-image', cause })
        for (const digest of digests) await deleteBlob(registry, key, digest)
      }),
      { numRuns: 20 },
    )
  })
})

describe('an index without all its images, where that is accepted', () => {
  test('takes an image that comes later under its wing', async () => {
    await using world = await openTestRegistry()
    const { registry } = world
    await makeRepository(registry, key)
    await pushImage(registry, key, 'here')
    const index = indexOf([imageOf('here'), imageOf('late')])
    await pushSparse(registry, index)
    const { image } = await pushImage(registry, key, 'late')
    const [deletion] = await deleteImages(registry, key, [image], { lastTag: 'keeps-image', cause })
    expect(deletion).toEqual({ refused: new ImageReferencedByManifestListError([index.digest]) })
  })
})

describe('missing content, unless it is accepted,', () => {
  test('is refused, and nothing stays of the push', async () => {
    await using world = await openTestRegistry()
    const { registry } = world
    const { id } = await makeRepository(registry, key)
    await expect(pushManifest(registry, key, imageOf('a'))).rejects.toThrow(LayersNotFoundError)
    const index = indexOf([imageOf('a')])
    await expect(pushManifest(registry, key, index)).rejects.toThrow(ReferencedImagesNotFoundError)
    expect(await registry.metadata.images.count(id)).toBe(0)
  })
})

test('what came after its image outlives garbage collection, and goes when the image went', async () => {
  await using world = await openGarbageWorld()
  const { registry } = world
  await makeRepository(registry, key)
  await pushSparse(registry, imageOf('a'))
  const blobs = [await pushBlob(registry, key, 'config a'), await pushBlob(registry, key, 'layer a')]
  const digests = blobs.map(({ digest }) => digest).toSorted()
  for (let days = 0; days < 3; days++) {
    world.pass(2 * day)
    await world.collect()
  }
  expect(await world.stored()).toEqual(digests)
  for (const { digest, size } of blobs)
    expect(await statBlob(registry, key, digest)).toEqual({ digest, size })
  await deleteImages(registry, key, [imageOf('a')], { lastTag: 'keeps-image', cause })
  for (let days = 0; days < 3; days++) {
    world.pass(2 * day)
    await world.collect()
  }
  expect(await world.stored()).toEqual([])
  expect(world.failures).toEqual([])
})

test('a non-distributable layer that is brought after all is needed from then on', async () => {
  await using world = await openTestRegistry()
  const { registry } = world
  await makeRepository(registry, key)
  const { digest, size } = textBlob('foreign layer')
  const mediaType = 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip'
  const layers = [{ mediaType, digest, size, urls: ['https://example.com/layer'] }]
  const image = manifestOf({ ...JSON.parse(Buffer.from(imageOf('a').content).toString()), layers })
  await pushBlob(registry, key, 'config a')
  await pushManifest(registry, key, image)
  await pushBlob(registry, key, 'foreign layer')
  await expect(deleteBlob(registry, key, digest)).rejects.toThrow(LayerReferencedByImageError)
})
