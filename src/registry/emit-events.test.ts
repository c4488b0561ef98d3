import { setImmediate as rest } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { extraEvents } from '../core/events/extra-events.ts'
import { policyText } from '../core/lifecycle/testing/lifecycle-world.ts'
import { parseTag } from '../core/names/tag.ts'
import { parseRepositoryPolicy } from '../core/policies/repository-policy.ts'
import { activateImage } from './activate-image.ts'
import { deleteImages } from './delete-images.ts'
import { deleteRepository } from './delete-repository.ts'
import { getManifest } from './get-manifest.ts'
import { putLifecyclePolicy } from './put-lifecycle-policy.ts'
import { putManifest } from './put-manifest.ts'
import type { Registry } from './registry.ts'
import { restoreImage } from './restore-image.ts'
import { runLifecycle } from './run-lifecycle.ts'
import { runLifecyclePreview } from './run-lifecycle-preview.ts'
import { setRepositoryPolicy } from './set-repository-policy.ts'
import { startLifecyclePreview } from './start-lifecycle-preview.ts'
import { imageOf, indexOf, pushImage, pushManifest } from './testing/test-images.ts'
import {
  cause,
  immutable,
  keyOf,
  makeRepository,
  openTestRegistry,
  type TestRegistry,
} from './testing/test-registry.ts'
import { updateStorageClass } from './update-storage-class.ts'

const key = keyOf('team/app')
const { signal } = new AbortController()
const [a, b] = [imageOf('a').digest, imageOf('b').digest]

/** What was told since the last time, an event a line: its action, digest and tag. */
async function told(registry: Registry): Promise<string[]> {
  const waiting = await registry.metadata.events.waiting(1_000)
  await registry.metadata.write((tx) => tx.events.remove(waiting.map(({ id }) => id)))
  return waiting.map(({ event: { detail } }) =>
    [detail['action-type'], detail['image-digest'], detail['image-tag'] ?? '-'].join(' '),
  )
}

test('each tag that a push gives is told of once, with the time and the registry', async () => {
  await using world = await openTestRegistry()
  const { registry } = world
  await makeRepository(registry, key)
  await pushImage(registry, key, 'a', { tag: 'v1' })
  const [first] = await registry.metadata.events.waiting(1)
  expect(first).toMatchObject({
    bus: { account: key.account, region: key.region, name: 'default' },
    event: { source: 'aws.ecr', account: key.account, region: key.region, time: '2026-03-01T08:00:00Z' },
  })
  await pushManifest(registry, key, imageOf('a'), 'v2')
  await pushImage(registry, key, 'b')
  expect(await told(registry)).toEqual([`PUSH ${a} v1`, `PUSH ${a} v2`, `PUSH ${b} -`])
})

test('a container client that pushes what is there has pushed it; PutImage says that it is there', async () => {
  await using world = await openTestRegistry()
  const { registry } = world
  await makeRepository(registry, key)
  await pushImage(registry, key, 'a', { tag: 'v1' })
  await told(registry)
  const { content } = imageOf('a')
  const again = { repository: key, content, tags: [parseTag('v1')] }
  await putManifest(registry, { ...again, cause: { ...cause, reason: 'put-image' } })
  expect(await told(registry)).toEqual([])
  await putManifest(registry, { ...again, cause: { ...cause, reason: 'push' } })
  expect(await told(registry)).toEqual([`PUSH ${a} v1`])
})

test('a push that is refused is not told of', async () => {
  await using world = await openTestRegistry()
  const { registry } = world
  await makeRepository(registry, key, immutable)
  await pushImage(registry, key, 'a', { tag: 'v1' })
  await told(registry)
  await expect(pushImage(registry, key, 'b', { tag: 'v1' })).rejects.toThrow('v1')
  expect(await told(registry)).toEqual([])
})

test('a deletion is told of once for each tag that goes, and one without tags for the image', async () => {
  await using world = await openTestRegistry()
  const { registry } = world
  await makeRepository(registry, key)
  await pushImage(registry, key, 'a', { tag: 'v1' })
  await pushManifest(registry, key, imageOf('a'), 'v2')
  await pushManifest(registry, key, imageOf('a'), 'v3')
  await pushImage(registry, key, 'b')
  await told(registry)
  const remove = (...images: Parameters<typeof deleteImages>[2]) =>
    deleteImages(registry, key, images, { lastTag: 'deletes-image', cause })
  await remove({ tag: parseTag('v1') }, { tag: parseTag('missing') })
  expect(await told(registry)).toEqual([`DELETE ${a} v1`])
  await remove({ digest: a }, { digest: b })
  expect(await told(registry)).toEqual([`DELETE ${a} v2`, `DELETE ${a} v3`, `DELETE ${b} -`])
})

test('what is restored is told of like a push, what an index lists before it', async () => {
  await using world = await openTestRegistry()
  const { registry } = world
  await makeRepository(registry, key)
  const index = indexOf([imageOf('a')])
  await pushImage(registry, key, 'a')
  await pushManifest(registry, key, index, 'multi')
  await deleteImages(registry, key, [{ digest: index.digest }, { digest: a }], {
    lastTag: 'deletes-image',
    cause,
  })
  await told(registry)
  await restoreImage(registry, {
    repository: key,
    digest: index.digest,
    formerTags: 'restored',
    missing: 'refused',
    actor: cause.actor,
  })
  expect(await told(registry)).toEqual([`PUSH ${a} -`, `PUSH ${index.digest} multi`])
})

test('an image that goes to the archive or comes back is told of, and what goes with it', async () => {
  await using world = await openTestRegistry()
  const { registry } = world
  await makeRepository(registry, key)
  await pushImage(registry, key, 'a', { tag: 'v1' })
  const subject = { mediaType: 'application/vnd.oci.image.manifest.v1+json', digest: a, size: 1 }
  await pushImage(registry, key, 'b', { members: { subject } })
  const referrer = imageOf('b', { subject }).digest
  await told(registry)
  const update = (target: 'ARCHIVE' | 'STANDARD') => updateStorageClass(registry, key, { digest: a, target })
  await update('ARCHIVE')
  const both = [`UPDATE_STORAGE_CLASS ${a} -`, `UPDATE_STORAGE_CLASS ${referrer} -`]
  expect(await told(registry)).toEqual(both)
  await update('STANDARD')
  expect(await told(registry)).toEqual([])
  await activateImage(registry, key, a)
  expect(await told(registry)).toEqual(both)
  await update('ARCHIVE')
  await told(registry)
  await pushManifest(registry, key, imageOf('a'), 'v1')
  expect(await told(registry)).toEqual([...both, `PUSH ${a} v1`])
})

test('each image of a repository that is deleted with its images is told of, archived ones too', async () => {
  await using world = await openTestRegistry()
  const { registry } = world
  await makeRepository(registry, key)
  await pushImage(registry, key, 'a', { tag: 'v1' })
  await pushManifest(registry, key, imageOf('a'), 'v2')
  world.pass(1000)
  await pushImage(registry, key, 'b')
  await updateStorageClass(registry, key, { digest: b, target: 'ARCHIVE' })
  await told(registry)
  await expect(deleteRepository(registry, key, { images: 'refuse' })).rejects.toThrow('still contains')
  expect(await told(registry)).toEqual([])
  await deleteRepository(registry, key, { images: 'delete' })
  expect(await told(registry)).toEqual([`DELETE ${b} -`, `DELETE ${a} v1`, `DELETE ${a} v2`])
})

test('a repository that enhanced scanning begins with is told of, and one that nothing scans is not', async () => {
  await using world = await openTestRegistry()
  const { registry } = world
  const rules = [{ frequency: 'SCAN_ON_PUSH', filters: ['team/*'] }] as const
  for (const type of ['BASIC', 'ENHANCED'] as const) {
    await registry.metadata.write((tx) => tx.scans.putConfiguration(key, { type, rules }))
    await makeRepository(registry, keyOf(`team/${type.toLowerCase()}`))
    await makeRepository(registry, keyOf(`other/${type.toLowerCase()}`))
  }
  const waiting = await registry.metadata.events.waiting(10)
  expect(waiting.map(({ event }) => event)).toMatchObject([
    {
      'detail-type': 'ECR Scan Resource Change',
      detail: {
        repositories: [
          {
            'repository-name': 'team/enhanced',
            'scan-frequency': 'SCAN_ON_PUSH',
            'previous-scan-frequency': 'MANUAL',
          },
        ],
      },
    },
  ])
  expect(waiting).toHaveLength(1)
})

describe('extras', () => {
  const lifecyclePolicyText = policyText({
    selection: { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: 1 },
  })
  const policy = parseRepositoryPolicy(
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: '*', Action: 'ecr:*' }],
    }),
  )

  /** Creates, pushes, pulls, sets policies, has one previewed and run, archives and restores, and deletes. */
  async function live({ registry }: TestRegistry): Promise<void> {
    await makeRepository(registry, key)
    await setRepositoryPolicy(registry, key, policy)
    await pushImage(registry, key, 'a', { tag: 'v1' })
    await pushImage(registry, key, 'b', { tag: 'v2' })
    const reference = { kind: 'digest', digest: a } as const
    for (const as of ['pull', 'pull', 'look'] as const) {
      await getManifest(registry, { repository: key, reference, as })
    }
    await putLifecyclePolicy(registry, key, { text: lifecyclePolicyText, language: 'ecr' })
    await startLifecyclePreview(registry, key, undefined)
    await runLifecyclePreview(registry, key, { signal, rest, attempt: 1 })
    await runLifecycle(registry, key, { signal, rest })
    await updateStorageClass(registry, key, { digest: a, target: 'ARCHIVE' })
    await updateStorageClass(registry, key, { digest: a, target: 'STANDARD' })
    await activateImage(registry, key, a)
    await deleteRepository(registry, key, { images: 'delete' })
  }

  /** Detail types, and the name of each record of CloudTrail. */
  async function toldTypes({ registry }: TestRegistry): Promise<unknown[]> {
    const waiting = await registry.metadata.events.waiting(1_000)
    return waiting.map(({ event }) => event.detail.eventName ?? event['detail-type'])
  }

  test('are told of only where they are asked for', async () => {
    await using world = await openTestRegistry()
    await live(world)
    expect(new Set(await toldTypes(world))).toEqual(new Set(['ECR Image Action']))
  })

  test('have their place among the others', async () => {
    await using world = await openTestRegistry({ extraEvents })
    await live(world)
    expect(await toldTypes(world)).toEqual([
      'Berth Repository Action',
      'Berth Policy Action',
      'ECR Image Action',
      'ECR Image Action',
      'Berth Policy Action',
      'DryRunEvent',
      'Berth Image Action',
      'ECR Image Action',
      'PolicyExecutionEvent',
      'ECR Image Action',
      'ECR Image Action',
      'ImageActivationEvent',
      'ECR Image Action',
      'Berth Repository Action',
    ])
    const pulled = (await world.registry.metadata.events.waiting(1_000)).find(
      ({ event }) => event['detail-type'] === 'Berth Image Action',
    )
    expect(pulled?.event.detail).toMatchObject({ 'image-digest': a, 'pull-count': 2 })
  })
})
