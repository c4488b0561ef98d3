import { describe, expect, test } from 'vitest'
import { LayerNotFoundError, LayerReferencedByImageError } from '../core/images/layer-errors.ts'
import { RepositoryNotFoundError } from '../core/repositories/errors.ts'
import { deleteBlob } from './delete-blob.ts'
import { deleteImages } from './delete-images.ts'
import { deleteRepository } from './delete-repository.ts'
import { mountBlob } from './mount-blob.ts'
import { readBlob, statBlob } from './read-blob.ts'
import { pushBlob, pushImage, textBlob } from './testing/test-images.ts'
import { cause, keyOf, makeRepository, openTestRegistry } from './testing/test-registry.ts'

const key = keyOf('team/app')
const other = keyOf('team/other')

describe('a blob', () => {
  test('is read whole or in part', async () => {
    await using world = await openTestRegistry()
    await makeRepository(world.registry, key)
    const blob = await pushBlob(world.registry, key, 'the bytes')
    expect(await statBlob(world.registry, key, blob.digest)).toEqual({ ...blob, size: 9 })
    const whole = await readBlob(world.registry, key, blob.digest)
    expect(Buffer.concat(await whole.toArray()).toString()).toBe('the bytes')
    const middle = await readBlob(world.registry, key, blob.digest, { first: 4, last: 6 })
    expect(Buffer.concat(await middle.toArray()).toString()).toBe('byt')
  })

  test('that nobody pushed is unknown, and so is any in a repository that does not exist', async () => {
    await using world = await openTestRegistry()
    await makeRepository(world.registry, key)
    const { digest } = textBlob('never pushed')
    const unknown = new LayerNotFoundError(key, digest)
    await expect(statBlob(world.registry, key, digest)).rejects.toThrow(unknown)
    await expect(readBlob(world.registry, key, digest)).rejects.toThrow(unknown)
    await expect(deleteBlob(world.registry, key, digest)).rejects.toThrow(unknown)
    await expect(statBlob(world.registry, other, digest)).rejects.toThrow(new RepositoryNotFoundError(other))
  })

  test('is mounted from a repository that has it', async () => {
    await using world = await openTestRegistry()
    await makeRepository(world.registry, key)
    await makeRepository(world.registry, other)
    const blob = await pushBlob(world.registry, key, 'shared')
    const mount = { repository: other, from: key, digest: blob.digest }
    expect(await mountBlob(world.registry, mount)).toEqual(blob)
    expect(await mountBlob(world.registry, mount)).toEqual(blob)
    expect(await statBlob(world.registry, other, blob.digest)).toEqual(blob)
  })

  test('is not mounted from a repository that lacks it or does not exist', async () => {
    await using world = await openTestRegistry()
    await makeRepository(world.registry, key)
    await makeRepository(world.registry, other)
    const { digest } = await pushBlob(world.registry, key, 'mine')
    const third = keyOf('team/third')
    expect(await mountBlob(world.registry, { repository: key, from: other, digest })).toBeUndefined()
    expect(await mountBlob(world.registry, { repository: other, from: third, digest })).toBeUndefined()
    await expect(mountBlob(world.registry, { repository: third, from: key, digest })).rejects.toThrow(
      new RepositoryNotFoundError(third),
    )
    await expect(statBlob(world.registry, other, digest)).rejects.toThrow(LayerNotFoundError)
  })

  test('that an image needs stays, and can go when the image has gone', async () => {
    await using world = await openTestRegistry()
    const { registry } = world
    await makeRepository(registry, key)
    const { image } = await pushImage(registry, key, 'a')
    const { digest } = textBlob('layer a')
    await expect(deleteBlob(registry, key, digest)).rejects.toThrow(LayerReferencedByImageError)
    await deleteImages(registry, key, [{ digest: image.digest }], { lastTag: 'deletes-image', cause })
    expect(await statBlob(registry, key, digest)).toEqual(textBlob('layer a'))
    await deleteBlob(registry, key, digest)
    await expect(statBlob(registry, key, digest)).rejects.toThrow(LayerNotFoundError)
  })

  test('that is being read is read to its end, whatever is deleted meanwhile', async () => {
    await using world = await openTestRegistry()
    const { registry } = world
    await makeRepository(registry, key)
    const { digest } = await pushBlob(registry, key, 'x'.repeat(4_000))
    const reading = await readBlob(registry, key, digest)
    await deleteRepository(registry, key, { images: 'delete' })
    await registry.blobs.trash.put(digest)
    await registry.blobs.trash.remove(digest)
    expect(Buffer.concat(await reading.toArray()).byteLength).toBe(4_000)
  })
})
