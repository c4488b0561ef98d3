import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { LayerNotFoundError } from '../core/images/layer-errors.ts'
import { UploadNotFoundError } from '../core/images/upload-errors.ts'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import { appendToUpload } from './append-to-upload.ts'
import { deleteBlob } from './delete-blob.ts'
import { deleteImages } from './delete-images.ts'
import { deleteRepository } from './delete-repository.ts'
import { finishUpload } from './finish-upload.ts'
import { mountBlob } from './mount-blob.ts'
import { readBlob, statBlob } from './read-blob.ts'
import type { Registry } from './registry.ts'
import { relyOnBlob } from './rely-on-blobs.ts'
import { resetRegistry } from './reset-registry.ts'
import { startUpload } from './start-upload.ts'
import { type Fault, keepingFiles, refusingWrites } from './testing/faulty-stores.ts'
import { day, hour, openGarbageWorld } from './testing/garbage-world.ts'
import {
  bytesOf,
  imageOf,
  inPieces,
  pushBlob,
  pushImage,
  pushManifest,
  textBlob,
} from './testing/test-images.ts'
import { cause, keyOf, makeRepository } from './testing/test-registry.ts'

const key = keyOf('team/app')
const other = keyOf('team/other')

async function openWorld(options: Parameters<typeof openGarbageWorld>[0] = {}) {
  const world = await openGarbageWorld(options)
  await makeRepository(world.registry, key)
  await makeRepository(world.registry, other)
  return world
}

const deleteImage = (registry: Registry, repository: RepositoryKey, text: string) =>
  deleteImages(registry, repository, [{ digest: imageOf(text).digest }], {
    lastTag: 'deletes-image',
    cause,
  })

describe('a blob', () => {
  test('that an image needs stays for ever', async () => {
    await using world = await openWorld()
    await pushImage(world.registry, key, 'a', { tag: 'v1' })
    world.pass(1000 * day)
    expect(await world.collect()).toMatchObject({ links: 0, blobs: 0 })
    expect(await world.stored()).toHaveLength(2)
  })

  test('of a deleted image goes when the grace period after the deletion is over', async () => {
    await using world = await openWorld()
    const { registry } = world
    await pushImage(registry, key, 'a')
    world.pass(30 * day)
    await deleteImage(registry, key, 'a')
    world.pass(day)
    expect(await world.collect()).toMatchObject({ links: 0, blobs: 0 })
    world.pass(1)
    const bytes = textBlob('config a').size + textBlob('layer a').size
    expect(await world.collect()).toEqual({ uploads: 0, links: 2, blobs: 2, bytes, failures: 0 })
    expect(await world.stored()).toEqual([])
    await expect(statBlob(registry, key, textBlob('layer a').digest)).rejects.toThrow(LayerNotFoundError)
  })

  test('that several repositories have goes with the last of them', async () => {
    await using world = await openWorld()
    const { registry } = world
    await pushImage(registry, key, 'a')
    const { digest } = textBlob('layer a')
    await mountBlob(registry, { repository: other, from: key, digest })
    await pushManifest(
      registry,
      other,
      imageOf('b', { config: { mediaType: 'x', ...textBlob('layer a') }, layers: [] }),
    )
    await deleteRepository(registry, key, { images: 'delete' })
    world.pass(2 * day)
    expect(await world.collect()).toMatchObject({ blobs: 1 })
    expect(await world.stored()).toEqual([digest])
    await resetRegistry(registry)
    world.pass(hour)
    expect(await world.collect()).toMatchObject({ blobs: 0 })
    world.pass(day)
    expect(await world.collect()).toMatchObject({ blobs: 1 })
  })

  test('that was uploaded for a push that never came goes', async () => {
    await using world = await openWorld()
    await pushBlob(world.registry, key, 'layer')
    world.pass(2 * day)
    expect(await world.collect()).toMatchObject({ links: 1, blobs: 1 })
  })

  test.each<[string, (registry: Registry) => Promise<unknown>]>([
    ['looks whether it is there', (registry) => relyOnBlob(registry, key, textBlob('layer a').digest)],
    ['uploads it again', (registry) => pushBlob(registry, key, 'layer a')],
    [
      'mounts it again',
      (registry) => mountBlob(registry, { repository: key, from: other, digest: textBlob('layer a').digest }),
    ],
  ])('stays for the push of whoever %s', async (_what, rely) => {
    await using world = await openWorld()
    const { registry } = world
    await pushImage(registry, other, 'a')
    await pushBlob(registry, key, 'config a')
    await pushBlob(registry, key, 'layer a')
    world.pass(day - 1)
    await rely(registry)
    await relyOnBlob(registry, key, textBlob('config a').digest)
    world.pass(day - hour)
    await world.collect()
    await pushManifest(registry, key, imageOf('a'), 'v1')
    const layer = await readBlob(registry, key, textBlob('layer a').digest)
    expect(Buffer.concat(await layer.toArray()).toString()).toBe('layer a')
  })

  test('that was found in an image stays for a while although the image goes', async () => {
    await using world = await openWorld()
    const { registry } = world
    await pushImage(registry, key, 'a')
    world.pass(100 * day)
    await relyOnBlob(registry, key, textBlob('layer a').digest)
    await deleteImage(registry, key, 'a')
    world.pass(day)
    await world.collect()
    expect(await statBlob(registry, key, textBlob('layer a').digest)).toEqual(textBlob('layer a'))
  })

  test('costs who looks at it a write only in the last three quarters of its time', async () => {
    const fault: Fault = { on: false }
    await using world = await openWorld({ metadata: (store) => refusingWrites(store, fault) })
    const { registry } = world
    await pushImage(registry, key, 'a')
    await pushBlob(registry, key, 'b')
    world.pass(6 * hour)
    fault.on = true
    await relyOnBlob(registry, key, textBlob('layer a').digest)
    await relyOnBlob(registry, key, textBlob('b').digest)
    world.pass(1)
    await relyOnBlob(registry, key, textBlob('layer a').digest)
    await expect(relyOnBlob(registry, key, textBlob('b').digest)).rejects.toThrow()
  })

  test('taken out by hand goes after the grace period, and is not served from memory', async () => {
    await using world = await openWorld()
    const { registry } = world
    const { digest } = await pushBlob(registry, key, 'layer')
    await (await readBlob(registry, key, digest)).toArray()
    await deleteBlob(registry, key, digest)
    world.pass(day)
    await world.collect()
    expect(await world.stored()).toEqual([digest])
    world.pass(1)
    await world.collect()
    await expect(registry.blobs.read(digest)).rejects.toThrow('missing')
  })

  test('comes back when it is pushed again, in the middle of its removal or after', async () => {
    await using world = await openWorld()
    const { registry } = world
    for (let round = 0; round < 3; round += 1) {
      await pushBlob(registry, key, 'layer')
      world.pass(2 * day)
      await Promise.all([world.collect(), pushBlob(registry, other, 'layer')])
      const read = await readBlob(registry, other, textBlob('layer').digest)
      expect(Buffer.concat(await read.toArray()).toString()).toBe('layer')
      world.pass(2 * day)
      await world.collect()
      expect(await world.stored()).toEqual([])
    }
  })
})

describe('an upload', () => {
  const append = (registry: Registry, uploadId: string, text: string) =>
    appendToUpload(registry, { repository: key, uploadId, body: inPieces(bytesOf(text)) })

  test('goes when nobody has gone on with it for a week', async () => {
    await using world = await openWorld()
    const { registry } = world
    const { id } = await startUpload(registry, key)
    await append(registry, id, 'half')
    world.pass(7 * day - hour)
    expect(await world.collect()).toMatchObject({ uploads: 0 })
    world.pass(2 * hour)
    expect(await world.collect()).toMatchObject({ uploads: 1 })
    expect(await world.storedUploads()).toEqual([])
    await expect(append(registry, id, 'rest')).rejects.toThrow(UploadNotFoundError)
  })

  test('whose bytes or row are missing goes too', async () => {
    await using world = await openWorld()
    const { registry } = world
    const { id } = await startUpload(registry, key)
    await registry.blobs.uploads.cancel(id)
    const stray = randomUUID()
    await registry.blobs.uploads.start(stray)
    expect(await world.collect()).toMatchObject({ uploads: 0 })
    world.pass(8 * day)
    expect(await world.collect()).toMatchObject({ uploads: 2 })
    expect(await world.storedUploads()).toEqual([])
  })

  test('of a deleted repository goes after the grace period', async () => {
    await using world = await openWorld()
    const { registry } = world
    await startUpload(registry, key)
    await deleteRepository(registry, key, { images: 'delete' })
    world.pass(day + hour)
    await world.collect()
    expect(await world.storedUploads()).toEqual([])
  })

  test('that is finished does not lose its blob to a collection in between', async () => {
    await using world = await openWorld()
    const { registry } = world
    await pushBlob(registry, other, 'layer')
    const { id: uploadId } = await startUpload(registry, key)
    await append(registry, uploadId, 'layer')
    world.pass(2 * day)
    const { digest } = await registry.blobs.uploads.finish(uploadId, [textBlob('layer').digest])
    expect(await world.collect()).toMatchObject({ blobs: 1 })
    await finishUpload(registry, { repository: key, uploadId, digests: [digest] })
    const read = await readBlob(registry, key, digest)
    expect(Buffer.concat(await read.toArray()).toString()).toBe('layer')
    expect(await world.storedUploads()).toEqual([])
  })
})

describe('what a crash leaves', () => {
  test('bytes without a row go after the grace period', async () => {
    await using world = await openWorld()
    const { registry } = world
    const { id } = await startUpload(registry, key)
    await appendToUpload(registry, { repository: key, uploadId: id, body: inPieces(bytesOf('stray')) })
    const { digest } = await registry.blobs.uploads.finish(id, [textBlob('stray').digest])
    expect(await world.collect()).toMatchObject({ blobs: 0 })
    expect(await world.stored()).toEqual([digest])
    world.pass(day + hour)
    expect(await world.collect()).toMatchObject({ blobs: 1, bytes: 5 })
    expect(await world.stored()).toEqual([])
  })

  test('a marked row without bytes is forgotten', async () => {
    await using world = await openWorld()
    const { registry } = world
    const { digest } = await pushBlob(registry, key, 'layer')
    world.pass(2 * day)
    await registry.blobs.trash.put(digest)
    await world.collect()
    expect(await registry.metadata.garbage.unknownBlobs([digest])).toEqual([digest])
    expect(await world.stored()).toEqual([])
  })

  test('bytes out of sight whose row is there come back', async () => {
    await using world = await openWorld()
    const { registry } = world
    await pushImage(registry, key, 'a')
    await registry.blobs.trash.put(textBlob('layer a').digest)
    await world.collect()
    expect(await registry.blobs.size(textBlob('layer a').digest)).toBe(7)
  })

  test('bytes out of sight whose row is forgotten go', async () => {
    await using world = await openWorld()
    const { registry } = world
    const { digest } = await pushBlob(registry, key, 'layer')
    await registry.blobs.trash.put(digest)
    await deleteBlob(registry, key, digest)
    await registry.metadata.write((tx) => tx.garbage.forget([digest]))
    await world.collect()
    expect(await registry.blobs.trash.restore(digest)).toBeUndefined()
    expect(await world.stored()).toEqual([])
  })
})

test('what the disk will not give up is told, keeps its row and is tried again', async () => {
  const fault: Fault = { on: true }
  await using world = await openWorld({ blobs: (store) => keepingFiles(store, fault) })
  const { registry } = world
  const { digest } = await pushBlob(registry, key, 'layer')
  world.pass(2 * day)
  expect(await world.collect()).toMatchObject({ blobs: 0, failures: 1 })
  expect(world.failures.map(String)).toEqual(['Error: EROFS: read-only file system'])
  expect(await registry.metadata.garbage.unknownBlobs([digest])).toEqual([])
  expect(await world.stored()).toEqual([digest])
  fault.on = false
  expect(await world.collect()).toMatchObject({ blobs: 1, failures: 0 })
  expect(await world.stored()).toEqual([])
})

test('what the database will not store leaves the bytes where they were', async () => {
  const fault: Fault = { on: false }
  await using world = await openWorld({
    metadata: (store) => ({
      ...store,
      write: (work) =>
        store.write(async (tx) => {
          const result = await work(tx)
          if (fault.on) throw new Error('the commit failed')
          return result
        }),
      [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
    }),
  })
  const { registry } = world
  const { digest } = await pushBlob(registry, key, 'layer')
  await deleteBlob(registry, key, digest)
  world.pass(2 * day)
  await registry.metadata.write((tx) => tx.garbage.markUnneeded([digest], registry.now()))
  fault.on = true
  await expect(world.collect()).rejects.toThrow('the commit failed')
  expect(await world.stored()).toEqual([digest])
  fault.on = false
  expect(await world.collect()).toMatchObject({ blobs: 1 })
})

test('a cycle tells how far it is, and stops when it is told to', async () => {
  await using world = await openWorld()
  await pushBlob(world.registry, key, 'layer')
  const steps = new Set<string>()
  await world.collect({ tell: ({ step }) => steps.add(step) })
  expect([...steps].at(-1)).toBe('done')
  const reason = new Error('stop')
  await expect(world.collect({ signal: AbortSignal.abort(reason) })).rejects.toThrow(reason)
})

test('a dry run says what a cycle would remove, by repository, and removes nothing', async () => {
  await using world = await openWorld()
  const { registry } = world
  await pushImage(registry, key, 'kept')
  await pushImage(registry, key, 'a')
  await pushBlob(registry, other, 'layer a')
  await pushBlob(registry, other, 'layer kept')
  await startUpload(registry, other)
  await deleteImage(registry, key, 'a')
  expect(await world.report()).toEqual({
    repositories: [],
    blobs: { count: 0, bytes: 0 },
    uploads: { count: 0, bytes: 0 },
  })
  world.pass(8 * day)
  const size = (text: string) => textBlob(text).size
  const report = await world.report()
  expect(report).toEqual({
    repositories: [
      { repository: other, count: 2, bytes: size('layer a') + size('layer kept') },
      { repository: key, count: 2, bytes: size('config a') + size('layer a') },
    ],
    blobs: { count: 2, bytes: size('config a') + size('layer a') },
    uploads: { count: 1, bytes: 0 },
  })
  expect(await world.stored()).toHaveLength(4)
  const { blobs, bytes, links, uploads } = await world.collect()
  expect({ count: blobs, bytes }).toEqual(report.blobs)
  expect([links, uploads]).toEqual([4, 1])
})
