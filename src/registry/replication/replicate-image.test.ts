import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Digest } from '../../core/names/digest.ts'
import type { RegistryKey, RepositoryKey } from '../../core/names/registry-key.ts'
import { parseTag } from '../../core/names/tag.ts'
import { readReplicationJob, replicationJobKind } from '../../core/replication/replication-job.ts'
import type { ReplicationRule } from '../../core/replication/replication-rules.ts'
import { hearAll } from '../../stores/metadata/testing/hear-all.ts'
import { deleteImages } from '../delete-images.ts'
import { getManifest } from '../get-manifest.ts'
import { putReplicationRules } from '../put-replication-rules.ts'
import { readBlob } from '../read-blob.ts'
import {
  type Backfill,
  type BackfilledImage,
  type BackfillPosition,
  replicateExisting,
} from '../replicate-existing.ts'
import { restoreImage } from '../restore-image.ts'
import { imageOf, indexOf, pushImage, pushManifest, textBlob } from '../testing/test-images.ts'
import {
  cause,
  immutable,
  keyOf,
  makeRepository,
  openTestRegistry,
  type TestRegistry,
} from '../testing/test-registry.ts'
import { type MayReplicate, replicateImage } from './replicate-image.ts'

const app = keyOf('team/app')
const abroad = keyOf('team/app', '000000000000', 'eu-west-1')
const further = keyOf('team/app', '000000000000', 'ap-south-1')
const theirs = keyOf('team/app', '111122223333')

let world: TestRegistry
beforeEach(async () => {
  world = await openTestRegistry()
  await hearAll(world.registry.metadata, abroad, further, theirs)
  await makeRepository(world.registry, app)
})
afterEach(() => world[Symbol.asyncDispose]())

const everybodyMay: MayReplicate = async () => true

function registryOf({ account, region }: RegistryKey): RegistryKey {
  return { account, region }
}

function rule(from: RegistryKey, ...to: readonly RegistryKey[]): Promise<void> {
  const rules: ReplicationRule[] = [{ destinations: to.map(registryOf) }]
  return putReplicationRules(world.registry, registryOf(from), rules)
}

/** Runs the replications that are asked for, and those that they ask for, the latest first if told; resolves to how many. */
async function replicateAll(mayReplicate: MayReplicate = everybodyMay, order = 1): Promise<number> {
  const { metadata, now } = world.registry
  const lease = { kind: replicationJobKind, limit: 100, now: now(), until: now(), lease: crypto.randomUUID() }
  const jobs = await metadata.write((tx) => tx.jobs.take(lease))
  for (const job of order > 0 ? jobs : jobs.toReversed()) {
    await replicateImage(world.registry, readReplicationJob(job.key), mayReplicate)
    await metadata.write((tx) => tx.jobs.finish(job, { at: now() }))
  }
  return jobs.length === 0 ? 0 : jobs.length + (await replicateAll(mayReplicate, order))
}

async function tagsAt(key: RepositoryKey): Promise<Record<string, Digest | undefined>> {
  const { repositories, tags } = world.registry.metadata
  const repository = await repositories.find(key)
  const names = repository ? await tags.list(repository.id, { limit: 100 }) : []
  const digests = await Promise.all(names.map((name) => tags.find(repository?.id ?? 0, name)))
  return Object.fromEntries(names.map((name, index) => [name, digests[index]]))
}

async function isAt(key: RepositoryKey, digest: Digest): Promise<boolean> {
  const repository = await world.registry.metadata.repositories.find(key)
  const image = repository && (await world.registry.metadata.images.find(repository.id, digest))
  return image !== undefined
}

async function statesOf(digest: Digest) {
  const repository = await world.registry.metadata.repositories.find(app)
  return world.registry.metadata.replication.states(repository?.id ?? 0, digest)
}

async function eventsOf(detailType: string) {
  const events = await world.registry.metadata.events.waiting(1000)
  return events.map(({ event }) => event).filter((event) => event['detail-type'] === detailType)
}

describe('an image that is pushed', () => {
  test('is in the other registry with its tag and all of its blobs, which take no more space', async () => {
    await rule(app, abroad)
    const { image } = await pushImage(world.registry, app, 'one', { tag: 'v1' })
    const before = await world.registry.metadata.blobLinks.total()
    expect(await statesOf(image.digest)).toMatchObject([{ status: 'IN_PROGRESS' }])
    expect(await replicateAll()).toBe(1)
    expect(await tagsAt(abroad)).toEqual({ v1: image.digest })
    const reference = { kind: 'tag', tag: parseTag('v1') } as const
    const { content } = await getManifest(world.registry, { repository: abroad, reference, as: 'pull' })
    expect(Buffer.from(content)).toEqual(Buffer.from(imageOf('one').content))
    for (const text of ['config one', 'layer one']) {
      const blob = await readBlob(world.registry, abroad, textBlob(text).digest)
      expect(Buffer.concat(await blob.toArray()).toString()).toBe(text)
    }
    expect(await world.registry.metadata.blobLinks.total()).toEqual(before)
    expect(await statesOf(image.digest)).toEqual([
      { destination: registryOf(abroad), status: 'COMPLETE', tags: [] },
    ])
  })

  test('before there were rules stays where it is, and later tags go alone', async () => {
    const { image } = await pushImage(world.registry, app, 'one', { tag: 'old' })
    await rule(app, abroad)
    expect(await replicateAll()).toBe(0)
    await pushImage(world.registry, app, 'one', { tag: 'new' })
    await replicateAll()
    expect(await tagsAt(abroad)).toEqual({ new: image.digest })
  })

  test('goes on to no third registry, and rules that point at each other end', async () => {
    await rule(app, abroad)
    await rule(abroad, app, further)
    const { image } = await pushImage(world.registry, app, 'one', { tag: 'v1' })
    expect(await replicateAll()).toBe(1)
    expect(await isAt(abroad, image.digest)).toBe(true)
    expect(await isAt(further, image.digest)).toBe(false)
  })

  test.each([
    ['first', 1],
    ['last', -1],
  ])('as an index brings what it lists, whether that comes %s', async (_, order) => {
    await rule(app, abroad)
    for (const name of ['one', 'two']) await pushImage(world.registry, app, name)
    const index = indexOf([imageOf('one'), imageOf('two')])
    await pushManifest(world.registry, app, index, 'multi')
    expect(await replicateAll(everybodyMay, order)).toBe(3)
    expect(await tagsAt(abroad)).toEqual({ multi: index.digest })
    expect(await isAt(abroad, imageOf('one').digest)).toBe(true)
    expect(await isAt(abroad, imageOf('two').digest)).toBe(true)
    expect(await eventsOf('ECR Replication Action')).toHaveLength(3)
  })

  test('brings its signatures along as images of their own', async () => {
    await rule(app, abroad)
    const { image } = await pushImage(world.registry, app, 'one', { tag: 'v1' })
    const subject = { mediaType: image.mediaType, digest: image.digest, size: image.manifestBytes }
    const signature = await pushImage(world.registry, app, 'signature', { members: { subject } })
    await replicateAll()
    const there = await world.registry.metadata.repositories.find(abroad)
    const page = { limit: 10 }
    const referrers = await world.registry.metadata.images.referrersOf(there?.id ?? 0, image.digest, page)
    expect(referrers.map(({ digest }) => digest)).toEqual([signature.image.digest])
  })

  test('takes its tag from another image, unless the tag is immutable there', async () => {
    await makeRepository(world.registry, { ...theirs }, immutable)
    await rule(app, abroad, theirs)
    const first = await pushImage(world.registry, app, 'one', { tag: 'v1' })
    await replicateAll()
    const second = await pushImage(world.registry, app, 'two', { tag: 'v1' })
    await replicateAll()
    expect(await tagsAt(abroad)).toEqual({ v1: second.image.digest })
    expect(await tagsAt(theirs)).toEqual({ v1: first.image.digest })
    expect(await isAt(theirs, second.image.digest)).toBe(true)
    expect(await statesOf(second.image.digest)).toMatchObject([
      { status: 'COMPLETE' },
      { status: 'COMPLETE' },
    ])
  })

  test.each([
    ['in order', 1],
    ['the latest first', -1],
  ])('and loses its tag meanwhile takes it from nobody (%s)', async (_, order) => {
    await rule(app, abroad)
    await pushImage(world.registry, app, 'one', { tag: 'latest' })
    const second = await pushImage(world.registry, app, 'two', { tag: 'latest' })
    await replicateAll(everybodyMay, order)
    expect(await tagsAt(abroad)).toEqual({ latest: second.image.digest })
    expect(await isAt(abroad, imageOf('one').digest)).toBe(true)
  })

  test('is told of in the other registry as a replication, in the words of ECR', async () => {
    await rule(app, abroad)
    const { image } = await pushImage(world.registry, app, 'one', { tag: 'v1' })
    await replicateAll()
    expect(await eventsOf('ECR Replication Action')).toEqual([
      {
        version: '0',
        id: expect.any(String),
        'detail-type': 'ECR Replication Action',
        source: 'aws.ecr',
        account: '000000000000',
        time: '2026-03-01T08:00:00Z',
        region: 'eu-west-1',
        resources: ['arn:aws:ecr:eu-west-1:000000000000:repository/team/app'],
        detail: {
          result: 'SUCCESS',
          'repository-name': 'team/app',
          'image-digest': image.digest,
          'source-account': '000000000000',
          'action-type': 'REPLICATE',
          'source-region': 'us-east-1',
          'image-tag': 'v1',
        },
      },
    ])
    expect(await eventsOf('ECR Image Action')).toHaveLength(1)
  })
})

test('deletions stay where they are, and what is restored goes again', async () => {
  await rule(app, abroad)
  const { image } = await pushImage(world.registry, app, 'one', { tag: 'v1' })
  await replicateAll()
  await deleteImages(world.registry, app, [image], { lastTag: 'deletes-image', cause })
  expect(await replicateAll()).toBe(0)
  expect(await isAt(abroad, image.digest)).toBe(true)
  await deleteImages(world.registry, abroad, [image], { lastTag: 'deletes-image', cause })
  await restoreImage(world.registry, {
    repository: app,
    digest: image.digest,
    formerTags: 'restored',
    missing: 'refused',
    actor: cause.actor,
  })
  await replicateAll()
  expect(await tagsAt(abroad)).toEqual({ v1: image.digest })
})

describe('another account', () => {
  const only =
    (...allowed: readonly string[]): MayReplicate =>
    async ({ action }) =>
      allowed.includes(action)

  test.each([
    ['nothing', only()],
    ['a new repository alone', only('ecr:CreateRepository')],
    ['images alone, and there is no repository', only('ecr:ReplicateImage')],
  ])('that allows %s gets nothing, and is told', async (_, mayReplicate) => {
    await rule(app, theirs)
    const { image } = await pushImage(world.registry, app, 'one', { tag: 'v1' })
    await replicateAll(mayReplicate)
    expect(await isAt(theirs, image.digest)).toBe(false)
    expect(await statesOf(image.digest)).toMatchObject([{ status: 'FAILED', failureCode: 'AccessDenied' }])
    expect(await eventsOf('ECR Replication Action')).toMatchObject([
      { account: theirs.account, detail: { result: 'FAILED', 'image-tag': 'v1' } },
    ])
  })

  test('that has the repository need allow only images', async () => {
    await makeRepository(world.registry, theirs)
    await rule(app, theirs)
    const { image } = await pushImage(world.registry, app, 'one', { tag: 'v1' })
    await replicateAll(only('ecr:ReplicateImage'))
    expect(await tagsAt(theirs)).toEqual({ v1: image.digest })
  })

  test('that allows it later gets what is pushed again', async () => {
    await rule(app, theirs)
    const { image } = await pushImage(world.registry, app, 'one', { tag: 'v1' })
    await replicateAll(only())
    await pushImage(world.registry, app, 'one', { tag: 'v2' })
    await replicateAll()
    expect(await tagsAt(theirs)).toEqual({ v1: image.digest, v2: image.digest })
    expect(await statesOf(image.digest)).toEqual([
      { destination: registryOf(theirs), status: 'COMPLETE', tags: [] },
    ])
  })
})

test('a quota of the other registry is a failure that is noted, and nothing half done', async () => {
  await using small = await openTestRegistry({ quotas: { imagesPerRepository: 1 } })
  const usual = world
  world = small
  await makeRepository(small.registry, app)
  await makeRepository(small.registry, abroad)
  await pushImage(small.registry, abroad, 'other')
  await rule(app, abroad)
  const { image } = await pushImage(small.registry, app, 'one', { tag: 'v1' })
  await replicateAll()
  expect(await statesOf(image.digest)).toMatchObject([{ status: 'FAILED', failureCode: 'LimitExceeded' }])
  expect(await tagsAt(abroad)).toEqual({})
  world = usual
})

describe('what was there before the rules', () => {
  /** All pages, of `limit` images each. */
  async function backfill(options: Partial<Backfill> = {}, limit = 2): Promise<BackfilledImage[]> {
    const images: BackfilledImage[] = []
    let from: BackfillPosition | undefined
    do {
      const usual = { registry: registryOf(app), from, limit, effect: 'asked', scope: 'missing' } as const
      const page = await replicateExisting(world.registry, { ...usual, ...options })
      images.push(...page.images)
      from = page.next
    } while (from !== undefined)
    return images
  }

  test('goes with all of its tags when it is asked for, from every repository, and once', async () => {
    const other = keyOf('team/other')
    await makeRepository(world.registry, other)
    for (const name of ['one', 'two', 'three']) await pushImage(world.registry, app, name, { tag: name })
    await pushImage(world.registry, app, 'one', { tag: 'uno' })
    await pushImage(world.registry, other, 'one', { tag: 'other' })
    await rule(app, abroad)
    expect(await backfill({ effect: 'told' })).toHaveLength(4)
    expect(await replicateAll()).toBe(0)
    expect(await backfill()).toHaveLength(4)
    expect(await replicateAll()).toBe(4)
    expect(Object.keys(await tagsAt(abroad))).toEqual(['one', 'three', 'two', 'uno'])
    expect(Object.keys(await tagsAt({ ...abroad, name: other.name }))).toEqual(['other'])
    expect(await backfill()).toEqual([])
  })

  test('and is there already goes again when that is asked for', async () => {
    await pushImage(world.registry, app, 'one', { tag: 'old' })
    await rule(app, abroad)
    const { image } = await pushImage(world.registry, app, 'one', { tag: 'new' })
    await replicateAll()
    expect(await backfill({ repository: app.name })).toEqual([])
    await deleteImages(world.registry, abroad, [image], { lastTag: 'deletes-image', cause })
    expect(await backfill({ repository: app.name, scope: 'all' })).toHaveLength(1)
    await replicateAll()
    expect(await tagsAt(abroad)).toEqual({ new: image.digest, old: image.digest })
  })

  test('stays where no rule is for its repository', async () => {
    await pushImage(world.registry, app, 'one')
    const rules = [{ destinations: [registryOf(abroad)], prefixes: ['prod/'] }]
    await putReplicationRules(world.registry, registryOf(app), rules)
    expect(await backfill()).toEqual([])
  })
})
