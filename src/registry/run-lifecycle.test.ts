import { setImmediate as turnOfOthers } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sampleTask } from '../core/ecs/testing/sample-task.ts'
import { lifecycleJob } from '../core/lifecycle/lifecycle-jobs.ts'
import { policyText, type SampleRule } from '../core/lifecycle/testing/lifecycle-world.ts'
import type { Digest } from '../core/names/digest.ts'
import { deleteImages } from './delete-images.ts'
import { deleteLifecyclePolicy } from './delete-lifecycle-policy.ts'
import { explainLifecycle } from './explain-lifecycle.ts'
import { type ImagesInUse, putImagesInUse } from './lifecycle/images-in-use.ts'
import { putLifecyclePolicy } from './put-lifecycle-policy.ts'
import type { Registry } from './registry.ts'
import { restoreImage } from './restore-image.ts'
import { runLifecycle } from './run-lifecycle.ts'
import { imageOf, indexOf, pushImage, pushManifest } from './testing/test-images.ts'
import { cause, keyOf, makeRepository, openTestRegistry, type TestRegistry } from './testing/test-registry.ts'
import { useImage } from './use-image.ts'

const day = 24 * 60 * 60 * 1000
const key = keyOf('team/app')
const rhythm = { signal: new AbortController().signal, rest: () => turnOfOthers() }
const newest = (countNumber: number, tagStatus = 'any'): SampleRule => ({
  selection: { tagStatus, countType: 'imageCountMoreThan', countNumber },
})
const olderThan = (countNumber: number, tagStatus = 'any'): SampleRule => ({
  selection: { tagStatus, countType: 'sinceImagePushed', countUnit: 'days', countNumber },
})

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
  world.pass(1000)
  return image.digest
}

function put(...rules: readonly SampleRule[]) {
  return putLifecyclePolicy(registry, key, { text: policyText(...rules), language: 'ecr' })
}

function run() {
  return runLifecycle(registry, key, rhythm)
}

async function digests(): Promise<Digest[]> {
  const images = await registry.metadata.images.list(repositoryId, { tagStatus: 'ANY', limit: 1000 })
  return images.map(({ digest }) => digest)
}

function policyOf() {
  return registry.metadata.lifecycle.policy(repositoryId)
}

test('all but the newest go, and it is noted when that was decided', async () => {
  for (const name of ['a', 'b']) await push(name, name)
  const kept = [await push('c'), await push('d', 'd')]
  await put(newest(2))
  expect(await run()).toEqual({ deleted: 2, archived: 0, isInForce: true, dueAt: undefined })
  expect(await digests()).toEqual(kept.toReversed())
  expect((await policyOf())?.lastEvaluatedAt).toEqual(registry.now())
})

test('a run without a policy, or without the repository, does nothing', async () => {
  await push('a')
  expect(await run()).toEqual({ deleted: 0, archived: 0, isInForce: false })
  expect(await runLifecycle(registry, keyOf('team/none'), rhythm)).toEqual({
    deleted: 0,
    archived: 0,
    isInForce: false,
  })
})

test('a run tells the moment at which the next image comes of age, and not before it goes', async () => {
  const first = await push('a')
  const { pushedAt } = (await registry.metadata.images.find(repositoryId, first)) ?? {}
  await push('b')
  await put(olderThan(14))
  const { dueAt } = await run()
  expect(dueAt?.getTime()).toBe((pushedAt?.getTime() ?? 0) + 14 * day + 1)
  world.pass((dueAt?.getTime() ?? 0) - registry.now().getTime() - 1)
  expect(await run()).toMatchObject({ deleted: 0, dueAt })
  world.pass(1)
  expect(await run()).toMatchObject({ deleted: 1, dueAt: new Date((dueAt?.getTime() ?? 0) + 1000) })
})

test('what an expired index listed goes in the pass after, whatever its age', async () => {
  await push('child')
  await pushManifest(registry, key, indexOf([imageOf('child')]), 'v1')
  world.pass(30 * day)
  await put(olderThan(14))
  expect(await run()).toMatchObject({ deleted: 2 })
  expect(await digests()).toEqual([])
})

test('what a policy has deleted is told in the history and can be restored', async () => {
  const digest = await push('a', 'v1')
  world.pass(30 * day)
  await put(olderThan(14))
  await run()
  const [change] = await registry.metadata.history.changes(repositoryId, { limit: 1 })
  expect(change).toMatchObject({ from: digest, reason: 'lifecycle', actor: 'berth' })
  const restored = {
    repository: key,
    digest,
    formerTags: 'restored',
    missing: 'refused',
    actor: 'me',
  } as const
  expect((await restoreImage(registry, restored)).tags).toEqual([{ tag: 'v1', digest }])
})

test('a signature stays with its image, and a day after it', async () => {
  const subject = await push('a', 'v1')
  const signature = await push('signature', undefined, {
    subject: { mediaType: 'application/vnd.oci.image.manifest.v1+json', digest: subject, size: 1 },
  })
  world.pass(30 * day)
  await put(olderThan(14, 'untagged'))
  expect(await run()).toMatchObject({ deleted: 0 })
  await deleteImages(registry, key, [{ digest: subject }], { lastTag: 'deletes-image', cause })
  expect(await run()).toMatchObject({ deleted: 0 })
  expect(await digests()).toEqual([signature])
  world.pass(day)
  expect(await run()).toMatchObject({ deleted: 1 })
})

describe('what a task runs', () => {
  const archive = { type: 'transition', targetStorageClass: 'archive' }
  const task = (digest: Digest, facts: Parameters<typeof sampleTask>[1] = {}) =>
    registry.metadata.write((tx) => tx.tasks.put(sampleTask([{ repository: key, digest }], facts)))
  const protect = (value: ImagesInUse) => registry.metadata.write((tx) => putImagesInUse(tx, key, value))

  test.each([
    ['expires', undefined],
    ['is archived', archive],
  ])('%s all the same, unless the registry protects it', async (_, action) => {
    const [old, run1] = [await push('old', 'v1'), await push('run', 'v2')]
    await task(run1)
    world.pass(40 * day)
    await put({ ...olderThan(14), ...(action && { action }) })
    await protect('PROTECTED')
    const { deleted, archived } = await run()
    expect(deleted + archived).toBe(1)
    expect((await registry.metadata.images.find(repositoryId, old))?.storage).not.toBe('ACTIVE')
    expect((await registry.metadata.images.find(repositoryId, run1))?.storage).toBe('ACTIVE')
    await protect('NOT_PROTECTED')
    await run()
    expect((await registry.metadata.images.find(repositoryId, run1))?.storage).not.toBe('ACTIVE')
  })

  test('is protected with its index, is not counted, and goes when the task has stopped', async () => {
    const child = await push('child')
    const { image } = await pushManifest(registry, key, indexOf([imageOf('child')]), 'v1')
    world.pass(1000)
    await push('old', 'v2')
    const young = await push('young', 'v3')
    await task(child)
    await protect('PROTECTED')
    await put(newest(1))
    const { images } = await explainLifecycle(registry, key, { limit: 10 })
    expect(images.map(({ verdict: { outcome, reason } }) => `${outcome} ${reason}`)).toEqual([
      'kept within-count',
      'expire beyond-count',
      'kept running-task',
      'kept running-task',
    ])
    await run()
    expect(await digests()).toEqual([young, image.digest, child])
    await task(child, { status: 'STOPPED', stoppedAt: registry.now().getTime() })
    await run()
    expect(await digests()).toEqual([young])
  })

  test('stays also when the task comes while the policy is at work', async () => {
    const image = await push('a', 'v1')
    world.pass(40 * day)
    await put(olderThan(14))
    await protect('PROTECTED')
    const rest = async () => {
      if ((await policyOf())?.lastEvaluatedAt === undefined) await task(image)
    }
    await runLifecycle(registry, key, { ...rhythm, rest })
    expect(await digests()).toEqual([image])
  })

  test('is not run when it went between its tag and the task', async () => {
    const digest = await push('a', 'v1')
    await task(digest, { status: 'PENDING' })
    await deleteImages(registry, key, [{ digest }], { lastTag: 'deletes-image', cause })
    const use = useImage(registry, { repository: key, digest }, { task: sampleTask([]), container: 'c0' })
    await expect(use).rejects.toThrow('does not exist within the repository')
  })

  test('is noted with its container', async () => {
    const digest = await push('a', 'v1')
    const pending = sampleTask([undefined, undefined])
    await registry.metadata.write((tx) => tx.tasks.put(pending))
    await useImage(registry, { repository: key, digest }, { task: pending, container: 'c1' })
    const containers = (await registry.metadata.tasks.find(pending))?.containers
    expect(containers?.map(({ ownImage }) => ownImage)).toEqual([undefined, { repository: key, digest }])
  })
})

describe('a rule that archives', () => {
  const archive = { type: 'transition', targetStorageClass: 'archive' }
  const stateOf = async (digest: Digest) =>
    (await registry.metadata.images.find(repositoryId, digest))?.storage

  test('archives what it selects, and leaves it at that until another rule deletes it', async () => {
    const old = await push('old', 'v1')
    world.pass(40 * day)
    const young = await push('young', 'v2')
    await put(
      { ...olderThan(30), action: archive },
      {
        selection: {
          tagStatus: 'any',
          storageClass: 'archive',
          countType: 'sinceImageTransitioned',
          countUnit: 'days',
          countNumber: 90,
        },
      },
    )
    const { archived, deleted, dueAt } = await run()
    expect({ archived, deleted }).toEqual({ archived: 1, deleted: 0 })
    expect([await stateOf(old), await stateOf(young)]).toEqual(['ARCHIVED', 'ACTIVE'])
    expect(dueAt?.getTime()).toBeGreaterThan(registry.now().getTime())
    world.pass(90 * day)
    expect(await run()).toMatchObject({ deleted: 0 })
    world.pass(1)
    expect(await run()).toMatchObject({ deleted: 1 })
    expect(await digests()).toEqual([young])
  })

  test('archives an index first, and what it lists in the pass after; a rule that deletes never gets that far', async () => {
    const child = await push('child')
    const { image: index } = await pushManifest(registry, key, indexOf([imageOf('child')]), 'v1')
    world.pass(40 * day)
    await put({ ...olderThan(30), action: archive })
    expect(await run()).toMatchObject({ archived: 2 })
    expect([await stateOf(index.digest), await stateOf(child)]).toEqual(['ARCHIVED', 'ARCHIVED'])
    await put(olderThan(1))
    expect(await run()).toMatchObject({ deleted: 0, archived: 0 })
  })

  test('leaves what was pulled since it was judged', async () => {
    const digest = await push('a')
    world.pass(400 * day)
    await put({
      selection: { ...olderThan(90).selection, countType: 'sinceImagePulled' },
      action: archive,
    })
    const pull = async () => {
      registry.pulls.record({ ...key, id: repositoryId }, digest, registry.now())
      await registry.pulls.flush()
    }
    expect(await runLifecycle(registry, key, { ...rhythm, rest: pull })).toMatchObject({ archived: 0 })
    expect(await stateOf(digest)).toBe('ACTIVE')
  })
})

describe('what others have lost', () => {
  test('expiry of untagged images leaves the platform images of a multi-arch image', async () => {
    const children = [await push('amd64'), await push('arm64')]
    const orphan = await push('orphan')
    const index = indexOf([imageOf('amd64'), imageOf('arm64')])
    await pushManifest(registry, key, index, 'v1')
    world.pass(400 * day)
    await put(newest(1, 'untagged'))
    expect(await run()).toMatchObject({ deleted: 0 })
    await put(olderThan(7, 'untagged'))
    expect(await run()).toMatchObject({ deleted: 1 })
    expect((await digests()).toSorted()).toEqual([index.digest, ...children].toSorted())
    expect(await digests()).not.toContain(orphan)
  })

  test('putting a policy deletes nothing in that call, and taking it back in time nothing at all', async () => {
    await push('a')
    world.pass(400 * day)
    await put(olderThan(30))
    expect(await digests()).toHaveLength(1)
    expect((await registry.metadata.jobs.find(lifecycleJob(key)))?.dueAt).toEqual(registry.now())
    await deleteLifecyclePolicy(registry, key)
    expect(await run()).toEqual({ deleted: 0, archived: 0, isInForce: false })
    expect(await digests()).toHaveLength(1)
  })
})

describe('while a run is at work', () => {
  /** Does something between judging and the first deletion, and after each batch of deletions. */
  function meanwhile(act: () => Promise<unknown>) {
    return runLifecycle(registry, key, { ...rhythm, rest: act })
  }

  test('a policy that is taken back deletes nothing more', async () => {
    await push('a')
    world.pass(400 * day)
    await put(olderThan(30))
    expect(
      await meanwhile(async () => {
        if (await policyOf()) await deleteLifecyclePolicy(registry, key)
      }),
    ).toEqual({ deleted: 0, archived: 0, isInForce: false })
    expect(await digests()).toHaveLength(1)
  })

  test('an image that gets a tag is judged anew', async () => {
    const digest = await push('a')
    world.pass(400 * day)
    await put(olderThan(30, 'untagged'))
    expect(await meanwhile(() => pushManifest(registry, key, imageOf('a'), 'v1'))).toMatchObject({
      deleted: 0,
    })
    expect(await digests()).toEqual([digest])
  })

  test('an image that is pulled stays where the rule asks for pulls, and only there', async () => {
    const digest = await push('a')
    const pull = async () => {
      registry.pulls.record({ ...key, id: repositoryId }, digest, registry.now())
      await registry.pulls.flush()
    }
    world.pass(400 * day)
    const unused = { selection: { ...olderThan(90).selection, countType: 'sinceImagePulled' } }
    await putLifecyclePolicy(registry, key, { text: policyText(unused), language: 'berth' })
    expect(await meanwhile(pull)).toMatchObject({ deleted: 0 })
    await put(olderThan(90))
    expect(await meanwhile(pull)).toMatchObject({ deleted: 1 })
  })

  test('being stopped in the middle loses nothing: the next run goes on', async () => {
    await push('same')
    for (let count = 1; count < 120; count += 1) {
      await pushManifest(registry, key, imageOf('same', { annotations: { count: `${count}` } }))
    }
    world.pass(400 * day)
    await put(newest(5))
    const abort = new AbortController()
    let rests = 0
    const rest = async () => {
      rests += 1
      if (rests === 2) abort.abort(new Error('stopped'))
    }
    await expect(runLifecycle(registry, key, { signal: abort.signal, rest })).rejects.toThrow('stopped')
    expect(await digests()).toHaveLength(20)
    expect(await run()).toMatchObject({ deleted: 15 })
    expect(await digests()).toHaveLength(5)
  })
})

test('changed images have the policy evaluated a moment later; its own deletions do not', async () => {
  const due = async () => (await registry.metadata.jobs.find(lifecycleJob(key)))?.dueAt
  const digest = await push('a')
  expect(await due()).toBeUndefined()
  await put(newest(1))
  const lease = 'lease'
  const take = { kind: lifecycleJob(key).kind, limit: 1, lease, until: registry.now() }
  const finish = () =>
    registry.metadata.write(async (tx) => {
      const [job] = await tx.jobs.take({ ...take, now: new Date(registry.now().getTime() + day) })
      if (job !== undefined) await tx.jobs.finish(job, { at: registry.now() })
    })
  await finish()
  const pushedAt = registry.now()
  await push('b')
  expect(await due()).toEqual(new Date(pushedAt.getTime() + 10_000))
  await finish()
  await run()
  expect(await due()).toBeUndefined()
  expect(await digests()).not.toContain(digest)
})
