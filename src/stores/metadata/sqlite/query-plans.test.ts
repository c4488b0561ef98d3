import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TemporaryFolder, temporaryFolder } from '../../../../tests/support/temporary-folder.ts'
import type { ImageStatus, TagStatus } from '../../../core/images/image.ts'
import { parseRepositoryName } from '../../../core/names/repository-name.ts'
import { parseTag } from '../../../core/names/tag.ts'
import type { MetadataReader, MetadataStore } from '../metadata-store.ts'
import { metadataReader } from '../sql/kysely-metadata.ts'
import { openSqliteMetadata } from '../sqlite.ts'
import { digestFor, keyOf, newRepository, noon } from '../testing/metadata-world.ts'
import { openKysely } from './open-kysely.ts'
import { ReaderDriver } from './reader-driver.ts'
import { SqliteDatabase } from './sqlite-database.ts'
import { sqliteDialect } from './sqlite-dialect.ts'

let folder: TemporaryFolder
let store: MetadataStore
let database: SqliteDatabase
beforeAll(async () => {
  folder = await temporaryFolder()
  const file = join(folder.path, 'metadata.db')
  store = await openSqliteMetadata({ file })
  database = SqliteDatabase.openForReading(file)
})
afterAll(async () => {
  database.close()
  await store[Symbol.asyncDispose]()
  await folder[Symbol.asyncDispose]()
})

/** How SQLite would go about a statement, a line a step. @see https://sqlite.org/eqp.html */
function explain(sql: string, parameters: readonly unknown[]): string[] {
  const plan = database.query<{ readonly detail: string }>(`explain query plan ${sql}`, parameters)
  return plan.rows.map(({ detail }) => detail)
}

async function planOf(look: (reader: MetadataReader) => Promise<unknown>): Promise<string[]> {
  const steps: string[] = []
  const explainer = {
    query(sql: string, parameters: readonly unknown[]) {
      steps.push(...explain(sql, parameters))
      return { rows: [] }
    },
  }
  await look(metadataReader(openKysely(new ReaderDriver(explainer)), sqliteDialect))
  return steps
}

const digest = digestFor('image')
const tag = parseTag('v1')
const list = Array.from({ length: 1000 }, (_, index) => digestFor(`image ${index}`))

const logGroup = { ...keyOf('web'), id: 1, createdAt: noon }
const logStream = { id: 1, groupId: 1, name: 'web', createdAt: noon }
const latest = { latest: 7, name: 'web' }
const logPage = { from: 1, to: 9, after: { timestamp: 5, id: 7 }, order: 'forward', limit: 100 } as const

const queue = { ...keyOf('web'), id: 1, attributes: {}, createdAt: noon, changedAt: noon }
const archive = { ...queue, bus: queue, retentionDays: 0, events: 0, bytes: 0 }

const looks: Record<string, (reader: MetadataReader) => Promise<unknown>> = {
  'a repository': (reader) => reader.repositories.find(keyOf('team/app')),
  'a page of repositories': (reader) =>
    reader.repositories.list(keyOf('xx'), { after: parseRepositoryName('team/app'), limit: 1000 }),
  'an image': (reader) => reader.images.find(1, digest),
  'a cluster': (reader) => reader.clusters.find({ ...keyOf('xx'), name: 'web' }),
  'a page of clusters': (reader) => reader.clusters.list(keyOf('xx'), { after: 'a', limit: 100 }),
  'the latest task definition': (reader) => reader.taskDefinitions.latest({ ...keyOf('xx'), family: 'web' }),
  'a page of task definitions': (reader) =>
    reader.taskDefinitions.list(keyOf('xx'), {
      status: 'ACTIVE',
      order: 'desc',
      after: { family: 'web', revision: 7 },
      limit: 100,
    }),
  'a page of families': (reader) =>
    reader.taskDefinitions.families(keyOf('xx'), { status: 'INACTIVE', prefix: 'w', limit: 100 }),
  'a page of tasks': (reader) =>
    reader.tasks.list({ ...keyOf('xx'), name: 'web' }, { desired: 'RUNNING', after: 'a', limit: 100 }),
  'how many tasks run': (reader) => reader.tasks.counts({ ...keyOf('xx'), name: 'web' }),
  'tasks by their ids': (reader) => reader.tasks.ofIds({ ...keyOf('xx'), name: 'web' }, ['a', 'b']),
  "a page of a service's deployments": (reader) =>
    reader.serviceDeployments.list(
      { cluster: { ...keyOf('xx'), name: 'web' }, name: 'web' },
      { statuses: ['SUCCESSFUL'], after: { createdAt: 7, id: 'a' }, limit: 100 },
    ),
  'who runs an image': (reader) => reader.imageUses.of({ ...newRepository(keyOf('xx')), id: 1 }, digest),
  'what tasks run': (reader) => reader.imageUses.running({ ...newRepository(keyOf('xx')), id: 1 }),
  'replication rules': (reader) => reader.replication.rules(keyOf('xx')),
  'signing rules': (reader) => reader.signing.rules(keyOf('xx')),
  'how an image is signed': (reader) => reader.signing.states(1, digest),
  'how an image is replicated': (reader) => reader.replication.states(1, digest),
  'a manifest': (reader) => reader.images.content(1, digest),
  'a thousand images': (reader) => reader.images.findMany(1, list),
  'the changes of a repository': (reader) => reader.history.changes(1, { before: 7, limit: 1000 }),
  'the changes of a tag': (reader) => reader.history.changes(1, { tag, before: 7, limit: 1000 }),
  'a deleted image': (reader) => reader.history.deletedImage(1, digest),
  'a page of deleted images': (reader) =>
    reader.history.deletedImages(1, { after: { at: noon, digest }, limit: 1000 }),
  'the referrers that went with an image': (reader) => reader.history.referrersDeletedWith(1, digest, 'x'),
  'the indexes of an image': (reader) => reader.images.indexesOf(1, digest),
  'the referrers of an image': (reader) =>
    reader.images.referrersOf(1, digest, { after: digest, limit: 100 }),
  'a tag': (reader) => reader.tags.find(1, tag),
  'a page of tags': (reader) => reader.tags.list(1, { after: tag, limit: 1000 }),
  'the tags of a thousand images': (reader) => reader.tags.ofImages(1, list),
  'a blob link': (reader) => reader.blobLinks.find(1, digest),
  'a thousand blob links': (reader) => reader.blobLinks.findMany(1, list),
  'the holders of a blob': (reader) => reader.blobLinks.holders(keyOf('xx'), digest, 100),
  'a reference to a blob': (reader) => reader.blobLinks.isReferenced(1, digest),
  'an upload': (reader) => reader.uploads.find(1, 'id'),
  'archived blobs': (reader) => reader.blobLinks.archived(1, list),
  'the active indexes of an image': (reader) => reader.images.activeIndexesOf(1, digest),
  'what an index lists': (reader) => reader.images.childrenOf(1, digest),
  'unreliable links': (reader) => reader.blobLinks.unreliable(1, list, noon),
  'the first unneeded links': (reader) => reader.garbage.unneededLinks(noon, { limit: 100 }),
  'unneeded links': (reader) =>
    reader.garbage.unneededLinks(noon, { after: { repositoryId: 1, digest }, limit: 100 }),
  'unneeded blobs': (reader) =>
    reader.garbage.unneededBlobs(noon, { links: 'none' }, { after: digest, limit: 100 }),
  'blobs of unneeded links': (reader) =>
    reader.garbage.unneededBlobs(noon, { links: 'unneeded' }, { after: digest, limit: 100 }),
  'unknown blobs': (reader) => reader.garbage.unknownBlobs(list),
  'unknown uploads': (reader) => reader.garbage.unknownUploads(['id']),
  'old uploads': (reader) => reader.garbage.uploadsBefore(noon, { limit: 100 }),
  'a job': (reader) => reader.jobs.find({ kind: 'collect-garbage', key: '' }),
  'when jobs are due': (reader) => reader.jobs.nextDue(['collect-garbage', 'scan']),
  'a lifecycle policy': (reader) => reader.lifecycle.policy(1),
  'whether there is a lifecycle policy': (reader) => reader.lifecycle.hasPolicy(1),
  'images for a lifecycle policy': (reader) =>
    reader.lifecycle.images(1, { after: { freshAt: noon, digest }, limit: 500, subjectsSince: noon }),
  'a lifecycle preview': (reader) => reader.lifecycle.preview(1),
  'results of a lifecycle preview': (reader) => reader.lifecycle.previewChunk(1, 2, 3),
  'a result of a lifecycle preview': (reader) => reader.lifecycle.previewChunksAt(1, 2, noon),
  'the policy of a repository': (reader) => reader.resourcePolicies.ofRepository(1),
  'the policy of a registry': (reader) => reader.resourcePolicies.ofRegistry(keyOf('xx')),
  'an account': (reader) => reader.accounts.find(keyOf('xx').account),
  'a page of accounts': (reader) => reader.accounts.list({ after: keyOf('xx').account, limit: 100 }),
  'an access key': (reader) => reader.accessKeys.find('AKIA'),
  'the access keys of an account': (reader) => reader.accessKeys.ofAccount(keyOf('xx').account),
  'a user': (reader) => reader.iam.entity(keyOf('xx').account, 'user', 'dev'),
  'an entity': (reader) => reader.iam.entityById('AIDA'),
  'a page of users': (reader) =>
    reader.iam.entities(keyOf('xx').account, 'user', { after: 'dev', limit: 100 }),
  'the groups of a user': (reader) => reader.iam.groupsOf('AIDA'),
  'the users of a group': (reader) => reader.iam.membersOf('AGPA'),
  'a credential': (reader) => reader.iam.credential('AKIA'),
  'the keys of a user': (reader) => reader.iam.keysOf('AIDA'),
  'inline policies': (reader) => reader.iam.inlinePolicies('AIDA'),
  attachments: (reader) => reader.iam.attachments('AIDA'),
  'what a policy is attached to': (reader) => reader.iam.attachedTo('arn'),
  'a managed policy': (reader) => reader.iam.policy('arn'),
  'a page of policies': (reader) => reader.iam.policies(keyOf('xx').account, { after: 'a', limit: 100 }),
  'versions of a policy': (reader) => reader.iam.versions('arn'),
  'an OIDC provider': (reader) =>
    reader.oidcProviders.find({ account: keyOf('xx').account, issuer: 'ci.example' }),
  'the OIDC providers of an account': (reader) => reader.oidcProviders.list(keyOf('xx').account),
  'a log group': (reader) => reader.logs.group(logGroup),
  'a page of log groups': (reader) => reader.logs.groups(keyOf('xx'), { after: 'a', limit: 50 }),
  'bytes of log groups': (reader) => reader.logs.storedBytes([1, 2]),
  'a log stream': (reader) => reader.logs.stream(logGroup, 'web'),
  'a page of log streams': (reader) =>
    reader.logs.streams(logGroup, { order: 'name', descending: true, after: latest, limit: 50 }),
  'a page of the latest log streams': (reader) =>
    reader.logs.streams(logGroup, { order: 'latest-event', descending: true, after: latest, limit: 50 }),
  'the events of a log group': (reader) => reader.logs.events({ group: logGroup }, logPage),
  'the events of a log stream': (reader) => reader.logs.events({ stream: logStream }, logPage),
  'a robot': (reader) => reader.robots.find('BRT'),
  'a robot of a name': (reader) => reader.robots.findByName(keyOf('xx'), 'ci'),
  'a page of robots': (reader) => reader.robots.list(keyOf('xx'), { after: 'ci', limit: 100 }),
  'the audit trail': (reader) => reader.trail.list(keyOf('xx').account, {}, { limit: 100 }),
  'the audit trail of a principal': (reader) =>
    reader.trail.list(
      keyOf('xx').account,
      { principal: 'dev', from: noon, to: noon },
      { before: { at: noon, id: 7 }, limit: 100 },
    ),
  'the audit trail of a repository': (reader) =>
    reader.trail.list(keyOf('xx').account, { repository: 'team/app' }, { limit: 100 }),
  'a queue': (reader) => reader.queues.queue(queue),
  'a page of queues': (reader) => reader.queues.queues(keyOf('xx'), { after: 'a', limit: 50 }),
  'how many messages a queue has': (reader) => reader.queues.counts(queue, noon),
  'whether a queue has a message': (reader) => reader.queues.hasVisible(queue, noon),
  'an archive': (reader) => reader.archives.archive(queue),
  'a page of archives': (reader) => reader.archives.archives(keyOf('xx'), { after: 'a', limit: 50 }),
  'archived events': (reader) => reader.archives.archived(archive, { from: noon, to: noon, limit: 100 }),
  'a replay': (reader) => reader.archives.replay(queue),
  'account settings': (reader) => reader.accountSettings.of(keyOf('xx')),
  'pull time exclusions': (reader) => reader.pullExclusions.list(keyOf('xx'), { after: 'arn:', limit: 100 }),
  'how many repositories': (reader) => reader.repositories.count(keyOf('xx')),
  'resource tags': (reader) => reader.resourceTags.of(1),
}

test.each(Object.entries(looks))('%s: found by index, no table is walked through', async (_name, look) => {
  const steps = await planOf(look)
  expect(steps.filter((step) => step.startsWith('SEARCH')).length).toBeGreaterThan(0)
  expect(steps.filter((step) => /^SCAN (?!json_each|asked|page|used)/.test(step))).toEqual([])
})

/** What SQLite says of runs that are sorted already, and that it takes the first of. */
const merging = /^(MERGE \(UNION ALL\)|LEFT|RIGHT)$/

/** How many stretches of the index a page is merged from. */
function runsOf(tagStatus: TagStatus, imageStatus: ImageStatus): readonly unknown[] {
  return Array.from({ length: (tagStatus === 'ANY' ? 2 : 1) * (imageStatus === 'ANY' ? 3 : 1) })
}

describe.each<TagStatus>(['ANY', 'TAGGED', 'UNTAGGED'])('pages of images, %s', (tagStatus) => {
  test.each([undefined, { pushedAt: noon, digest, tag }])(
    'begin where the index says, unsorted',
    async (after) => {
      const page = { tagStatus, after, limit: 1000 }
      for (const imageStatus of ['ACTIVE', 'ANY'] as const) {
        const images = await planOf((reader) => reader.images.list(1, { ...page, imageStatus }))
        expect(images.filter((step) => !merging.test(step))).toEqual(
          runsOf(tagStatus, imageStatus).map(() =>
            expect.stringContaining('USING INDEX images_newest_first'),
          ),
        )
        const named = await planOf((reader) => reader.images.listNamed(1, { ...page, imageStatus }))
        expect(named.filter((step) => !merging.test(step))).toEqual(
          runsOf(tagStatus, imageStatus).flatMap(() => [
            expect.stringContaining('USING COVERING INDEX images_newest_first'),
            expect.stringContaining('USING COVERING INDEX tags_by_image'),
            // Sorts the tags of one image, then of the next.
            'USE TEMP B-TREE FOR LAST TERM OF ORDER BY',
          ]),
        )
      }
    },
  )
})

test('deleting an image goes straight to what hangs on it', () => {
  const steps = explain('delete from images where repository_id = ? and digest = ?', [1, digest])
  expect(steps.every((step) => /^SEARCH .*=/.test(step))).toBe(true)
  expect(steps).toContainEqual(expect.stringMatching(/tags USING .*tags_by_image \(image_id=\?\)/))
})
