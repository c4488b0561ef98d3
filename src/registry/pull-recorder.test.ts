import { describe, expect, test } from 'vitest'
import { StorageFullError } from '../core/errors.ts'
import type { Digest } from '../core/names/digest.ts'
import { PullRecorder } from './pull-recorder.ts'
import type { Registry } from './registry.ts'
import { type Fault, refusingWrites } from './testing/faulty-stores.ts'
import { pushImage, textBlob } from './testing/test-images.ts'
import { keyOf, makeRepository, openTestRegistry } from './testing/test-registry.ts'

const key = keyOf('team/app')
const imageDigest = textBlob('any').digest
const never = 2 ** 31 - 1
const [march, april, may] = [new Date('2026-03-02'), new Date('2026-04-02'), new Date('2026-05-02')]

function rethrow(error: unknown): never {
  throw error
}

async function lastPull(registry: Registry, id: number, digest: Digest): Promise<Date | undefined> {
  return (await registry.metadata.images.find(id, digest))?.lastPulledAt
}

async function pushedImage(registry: Registry) {
  const repository = await makeRepository(registry, key)
  const { image } = await pushImage(registry, key, 'a')
  return { repository, id: repository.id, digest: image.digest }
}

describe('recorded pulls', () => {
  test('are stored by a flush, the latest of each image', async () => {
    await using world = await openTestRegistry()
    const { registry } = world
    const { repository, id, digest } = await pushedImage(registry)
    const other = (await pushImage(registry, key, 'b')).image.digest
    const pulls = new PullRecorder({ ...registry, flushEvery: never, onError: rethrow })
    for (const at of [march, may, april]) pulls.record(repository, digest, at)
    pulls.record(repository, other, april)
    expect(await lastPull(registry, id, digest)).toBeUndefined()
    await pulls.flush()
    expect(await lastPull(registry, id, digest)).toEqual(may)
    expect(await lastPull(registry, id, other)).toEqual(april)
  })

  test('are stored by themselves after a while', async () => {
    await using world = await openTestRegistry()
    const { registry } = world
    const { repository, id, digest } = await pushedImage(registry)
    await using pulls = new PullRecorder({ ...registry, flushEvery: 1, onError: rethrow })
    for (const at of [march, april]) {
      pulls.record(repository, digest, at)
      await expect.poll(() => lastPull(registry, id, digest)).toEqual(at)
    }
  })

  test('are stored when the recorder is disposed of', async () => {
    await using world = await openTestRegistry()
    const { registry } = world
    const { repository, id, digest } = await pushedImage(registry)
    {
      await using pulls = new PullRecorder({ ...registry, flushEvery: never, onError: rethrow })
      pulls.record(repository, digest, march)
    }
    expect(await lastPull(registry, id, digest)).toEqual(march)
  })

  test('that could not be stored are reported and go with the next flush', async () => {
    const fault: Fault = { on: false }
    await using world = await openTestRegistry({ metadata: (store) => refusingWrites(store, fault) })
    const { registry } = world
    const { repository, id, digest } = await pushedImage(registry)
    const errors: unknown[] = []
    const pulls = new PullRecorder({ ...registry, flushEvery: never, onError: (error) => errors.push(error) })
    pulls.record(repository, digest, april)
    fault.on = true
    await pulls.flush()
    expect(errors).toEqual([new StorageFullError()])
    fault.on = false
    pulls.record(repository, digest, march)
    await pulls.flush()
    expect(await lastPull(registry, id, digest)).toEqual(april)
  })

  test('of an image that is gone hurt nobody', async () => {
    await using world = await openTestRegistry()
    const { registry } = world
    const { repository, id, digest } = await pushedImage(registry)
    const pulls = new PullRecorder({ ...registry, flushEvery: never, onError: rethrow })
    pulls.record({ ...repository, id: id + 1 }, digest, march)
    pulls.record(repository, digest, march)
    await pulls.flush()
    expect(await lastPull(registry, id, digest)).toEqual(march)
  })

  test('do not keep a process alive', async () => {
    await using world = await openTestRegistry()
    const before = process.getActiveResourcesInfo().filter((name) => name === 'Timeout')
    const pulls = new PullRecorder({ ...world.registry, flushEvery: never, onError: rethrow })
    pulls.record({ ...key, id: 1 }, imageDigest, march)
    expect(process.getActiveResourcesInfo().filter((name) => name === 'Timeout')).toHaveLength(before.length)
    await pulls.flush()
  })
})
