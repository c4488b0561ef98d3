import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { activationJob } from '../core/images/activation-job.ts'
import {
  ImageInaccessibleError,
  ImageNotFoundError,
  ImageStorageClassUpdateNotSupportedError,
  ReferencedImagesNotFoundError,
} from '../core/images/errors.ts'
import { LayerInaccessibleError, LayerNotFoundError } from '../core/images/layer-errors.ts'
import type { StorageClass } from '../core/images/storage.ts'
import type { Digest } from '../core/names/digest.ts'
import { parseTag } from '../core/names/tag.ts'
import { ActivationBlockedError, activateImage } from './activate-image.ts'
import { deleteImages } from './delete-images.ts'
import { getManifest } from './get-manifest.ts'
import { listReferrers } from './list-referrers.ts'
import { listTags } from './list-tags.ts'
import { mountBlob } from './mount-blob.ts'
import { readBlob, statBlob } from './read-blob.ts'
import type { Registry } from './registry.ts'
import { relyOnBlob } from './rely-on-blobs.ts'
import { restoreImage } from './restore-image.ts'
import { imageOf, indexOf, pushBlob, pushImage, pushManifest, textBlob } from './testing/test-images.ts'
import { cause, keyOf, makeRepository, openTestRegistry, type TestRegistry } from './testing/test-registry.ts'
import { updateStorageClass } from './update-storage-class.ts'

const key = keyOf('team/app')
const hour = 60 * 60 * 1000

let world: TestRegistry
let registry: Registry
let repositoryId: number
beforeEach(async () => {
  world = await openTestRegistry()
  registry = world.registry
  repositoryId = (await makeRepository(registry, key)).id
})
afterEach(() => world[Symbol.asyncDispose]())

async function push(name: string, tag?: string, members: object = {}): Promise<Digest> {
  const { image } = await pushImage(registry, key, name, { ...(tag !== undefined && { tag }), members })
  world.pass(hour)
  return image.digest
}

const about = (digest: Digest) => ({
  subject: { mediaType: 'application/vnd.oci.image.manifest.v1+json', digest, size: 1 },
})

function change(digest: Digest, target: StorageClass) {
  return updateStorageClass(registry, key, { digest, target })
}

async function archive(digest: Digest): Promise<void> {
  await change(digest, 'ARCHIVE')
  world.pass(hour)
}

/** Asks for an image back, and does what the job then does. */
async function restore(digest: Digest): Promise<void> {
  await change(digest, 'STANDARD')
  world.pass(hour)
  await activateImage(registry, key, digest)
}

function pull(reference: Digest | string) {
  const wanted = reference.startsWith('sha256:')
    ? ({ kind: 'digest', digest: reference as Digest } as const)
    : ({ kind: 'tag', tag: parseTag(reference) } as const)
  return getManifest(registry, { repository: key, reference: wanted, as: 'pull' })
}

async function stateOf(digest: Digest) {
  return (await registry.metadata.images.find(repositoryId, digest))?.storage
}

describe('an archived image', () => {
  test('can be pulled neither by tag nor by digest, even right after it was, and says why', async () => {
    const digest = await push('a', 'v1')
    await pull('v1')
    expect(await change(digest, 'ARCHIVE')).toBe('ARCHIVED')
    await expect(pull('v1')).rejects.toThrow(new ImageInaccessibleError(key, digest, 'ARCHIVED'))
    await expect(pull(digest)).rejects.toThrow('Requested image is archived')
    await expect(pull('v2')).rejects.toThrow(ImageNotFoundError)
  })

  test('keeps its tag, which is not listed, and can be deleted', async () => {
    const digest = await push('a', 'v1')
    await push('b', 'v2')
    await archive(digest)
    expect(await listTags(registry, key, { limit: 10 })).toEqual({ tags: ['v2'], more: false })
    const tag = parseTag('v1')
    expect(await registry.metadata.tags.find(repositoryId, tag)).toBe(digest)
    const [deletion] = await deleteImages(registry, key, [{ tag }], { lastTag: 'deletes-image', cause })
    expect(deletion).toEqual({ deleted: [{ digest, tag }] })
  })

  test('comes back from a deletion as it was: archived, since the same time', async () => {
    const digest = await push('a', 'v1')
    await archive(digest)
    const before = await registry.metadata.images.find(repositoryId, digest)
    await deleteImages(registry, key, [{ digest }], { lastTag: 'deletes-image', cause })
    const undo = { repository: key, digest, formerTags: 'restored', missing: 'refused', actor: 'me' } as const
    expect((await restoreImage(registry, undo)).image).toEqual(before)
  })

  test('cannot be archived again, nor one that is active restored', async () => {
    const digest = await push('a', 'v1')
    await expect(change(digest, 'STANDARD')).rejects.toThrow(ImageStorageClassUpdateNotSupportedError)
    await archive(digest)
    await expect(change(digest, 'ARCHIVE')).rejects.toThrow(ImageStorageClassUpdateNotSupportedError)
    await expect(change(imageOf('none').digest, 'ARCHIVE')).rejects.toThrow(ImageNotFoundError)
  })
})

describe('layers', () => {
  const layer = textBlob('layer a').digest

  test('that only archived images need can not be read, and are not there for a push', async () => {
    const digest = await push('a', 'v1')
    await archive(digest)
    for (const look of [statBlob, readBlob]) {
      await expect(look(registry, key, layer)).rejects.toThrow(LayerInaccessibleError)
    }
    await expect(relyOnBlob(registry, key, layer)).rejects.toThrow(LayerNotFoundError)
    await makeRepository(registry, keyOf('team/other'))
    const mount = { repository: keyOf('team/other'), from: key, digest: layer }
    expect(await mountBlob(registry, mount)).toBeUndefined()
  })

  test('are there again as soon as they are sent again, and for as long as an active image needs them', async () => {
    const digest = await push('a', 'v1')
    await archive(digest)
    await pushBlob(registry, key, 'layer a')
    expect((await relyOnBlob(registry, key, layer)).digest).toBe(layer)
    await pushManifest(registry, key, imageOf('a', { annotations: { rebuilt: 'yes' } }))
    world.pass(30 * 24 * hour)
    expect((await statBlob(registry, key, layer)).digest).toBe(layer)
  })
})

describe('restoring', () => {
  test('takes a while, in which the image can not be pulled', async () => {
    const digest = await push('a', 'v1')
    await archive(digest)
    expect(await change(digest, 'STANDARD')).toBe('ACTIVATING')
    await expect(pull('v1')).rejects.toThrow('is being restored')
    await expect(change(digest, 'ARCHIVE')).rejects.toThrow(ImageStorageClassUpdateNotSupportedError)
    expect(await registry.metadata.jobs.find(activationJob(key, digest))).toMatchObject({
      dueAt: registry.now(),
    })
    await activateImage(registry, key, digest)
    expect((await pull('v1')).digest).toBe(digest)
    const image = await registry.metadata.images.find(repositoryId, digest)
    expect(image?.lastActivatedAt).toEqual(registry.now())
    expect(image?.lastArchivedAt?.getTime()).toBeLessThan(registry.now().getTime())
  })

  test('bears being done twice, and after the image is gone', async () => {
    const digest = await push('a', 'v1')
    await archive(digest)
    await restore(digest)
    const image = await registry.metadata.images.find(repositoryId, digest)
    world.pass(hour)
    expect(await activateImage(registry, key, digest)).toEqual([])
    expect(await registry.metadata.images.find(repositoryId, digest)).toEqual(image)
    await deleteImages(registry, key, [{ digest }], { lastTag: 'deletes-image', cause })
    expect(await activateImage(registry, key, digest)).toEqual([])
  })

  test('waits for bytes that are not there', async () => {
    const digest = await push('a', 'v1')
    await archive(digest)
    await change(digest, 'STANDARD')
    await registry.blobs.trash.put(textBlob('layer a').digest)
    await expect(activateImage(registry, key, digest)).rejects.toThrow(ActivationBlockedError)
    expect(await stateOf(digest)).toBe('ACTIVATING')
  })

  test('happens at once by a push of the same manifest, under its immutable tag too', async () => {
    const digest = await push('a', 'v1')
    await archive(digest)
    const { outcome, image } = await pushManifest(registry, key, imageOf('a'), 'v1')
    expect(outcome).toBe('restored')
    expect(image).toMatchObject({ storage: 'ACTIVE', lastActivatedAt: registry.now() })
    expect((await pull('v1')).digest).toBe(digest)
  })
})

describe('an index', () => {
  const pushIndex = async () => {
    const children = [await push('amd64'), await push('arm64')]
    const { image } = await pushManifest(registry, key, indexOf([imageOf('amd64'), imageOf('arm64')]), 'v1')
    return { index: image.digest, children }
  }
  const statesOf = (digests: readonly Digest[]) => Promise.all(digests.map(stateOf))

  test('is archived before what it lists', async () => {
    const { index, children } = await pushIndex()
    const [child = index] = children
    await expect(change(child, 'ARCHIVE')).rejects.toThrow(`referenced by manifest list: [${index}]`)
    await archive(index)
    expect(await statesOf(children)).toEqual(['ACTIVE', 'ACTIVE'])
    await archive(child)
    expect(await statesOf(children)).toEqual(['ARCHIVED', 'ACTIVE'])
  })

  test('comes back with what it lists, by a restore and by a push', async () => {
    const { index, children } = await pushIndex()
    for (const comeBack of [
      () => restore(index),
      () => pushManifest(registry, key, indexOf([imageOf('amd64'), imageOf('arm64')]), 'v1'),
    ]) {
      for (const digest of [index, ...children]) await archive(digest)
      await comeBack()
      expect(await statesOf([index, ...children])).toEqual(['ACTIVE', 'ACTIVE', 'ACTIVE'])
    }
  })

  test('can not list what is archived', async () => {
    await archive(await push('amd64'))
    await expect(pushManifest(registry, key, indexOf([imageOf('amd64')]))).rejects.toThrow(
      ReferencedImagesNotFoundError,
    )
  })
})

describe('what refers to an image', () => {
  test('goes and comes with it, and what refers to that too', async () => {
    const image = await push('a', 'v1')
    const sbom = await push('sbom', undefined, about(image))
    const signature = await push('signature', undefined, about(sbom))
    const named = await push('named', 'in-its-own-right', about(image))
    await archive(image)
    expect(await Promise.all([sbom, signature, named].map(stateOf))).toEqual([
      'ARCHIVED',
      'ARCHIVED',
      'ACTIVE',
    ])
    await restore(image)
    expect(await Promise.all([image, sbom, signature].map(stateOf))).toEqual(['ACTIVE', 'ACTIVE', 'ACTIVE'])
  })

  test('stays archived when it went there by itself', async () => {
    const image = await push('a', 'v1')
    const sbom = await push('sbom', undefined, about(image))
    await archive(sbom)
    await archive(image)
    await restore(image)
    expect(await stateOf(sbom)).toBe('ARCHIVED')
  })

  test('is listed by its state, the archived with their annotations', async () => {
    const image = await push('a', 'v1')
    const sbom = await push('sbom', undefined, { ...about(image), annotations: { made: 'by hand' } })
    await push('kept', 'in-its-own-right', about(image))
    await archive(sbom)
    const list = async (status?: 'ARCHIVED' | 'ANY') =>
      (await listReferrers(registry, key, image, { ...(status && { status }), limit: 10 })).referrers
    expect((await list()).map(({ storage }) => storage)).toEqual(['ACTIVE'])
    expect(await list('ARCHIVED')).toMatchObject([{ digest: sbom, annotations: { made: 'by hand' } }])
    expect(await list('ANY')).toHaveLength(2)
  })
})
