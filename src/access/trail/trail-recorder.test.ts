import { expect, test, vi } from 'vitest'
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts'
import { parseAccountId } from '../../core/names/account-id.ts'
import type { TrailRecord } from '../../core/trail/trail-record.ts'
import type { MetadataStore } from '../../stores/metadata/metadata-store.ts'
import { openSqliteMetadata } from '../../stores/metadata/sqlite.ts'
import { TrailRecorder } from './trail-recorder.ts'

const account = parseAccountId('000000000000')
const at = new Date('2026-03-01T12:00:00Z')
const later = new Date('2026-03-01T12:00:30Z')
const never = { soon: 2 ** 31 - 1, late: 2 ** 31 - 1 }

function recordOf(requestId: string): TrailRecord {
  return {
    account,
    at,
    principal: 'dev',
    action: 'ecr:PutImage',
    resource: '*',
    repository: undefined,
    outcome: 'success',
    sourceAddress: '192.0.2.1',
    requestId,
    count: 1,
  }
}

async function openStore() {
  const folder = await temporaryFolder()
  const metadata = await openSqliteMetadata({ file: `${folder.path}/metadata.db` })
  return {
    metadata,
    async [Symbol.asyncDispose]() {
      await metadata[Symbol.asyncDispose]()
      await folder[Symbol.asyncDispose]()
    },
  }
}

const kept = (metadata: MetadataStore) => metadata.trail.list(account, {}, { limit: 50 })

function recorderOn(metadata: MetadataStore, errors: unknown[], pace = never): TrailRecorder {
  return new TrailRecorder({ metadata, pace, onError: (error) => errors.push(error) })
}

test('each change is a record, and what repeats itself is one that counts', async () => {
  await using world = await openStore()
  const trail = recorderOn(world.metadata, [])
  trail.add(recordOf('one'))
  trail.add(recordOf('two'))
  for (const time of [at, at, later]) {
    trail.countDenial('same', time, () => recordOf('denied'))
    trail.countRead('same', time, () => recordOf('read'))
  }
  trail.countRead('other', at, () => recordOf('read once'))
  expect(await kept(world.metadata)).toEqual([])
  await trail.flush()
  const found = new Map((await kept(world.metadata)).map((record) => [record.requestId, record]))
  expect([...found.keys()].sort()).toEqual(['denied', 'one', 'read', 'read once', 'two'])
  expect(found.get('denied')).toMatchObject({ count: 3, until: later })
  expect(found.get('read')).toMatchObject({ count: 3, until: later })
  expect(found.get('read once')).not.toHaveProperty('until')
})

test('changes are written by themselves, and reading when the recorder is disposed of', async () => {
  await using world = await openStore()
  {
    await using trail = recorderOn(world.metadata, [], { ...never, soon: 1 })
    trail.countRead('read', at, () => recordOf('read'))
    trail.add(recordOf('change'))
    await vi.waitFor(async () => expect(await kept(world.metadata)).toHaveLength(1), { timeout: 30_000 })
  }
  expect(await kept(world.metadata)).toHaveLength(2)
})

test('a flood costs bounded memory, and is told of', async () => {
  await using world = await openStore()
  const errors: unknown[] = []
  const trail = recorderOn(world.metadata, errors)
  for (let index = 0; index < 20_100; index++) {
    trail.countDenial(`key ${index}`, at, () => recordOf('denied'))
  }
  expect(trail.lost).toBe(100)
  await trail.flush()
  expect(String(errors[0])).toContain('100 records of the audit trail could not be kept')
  expect(trail.lost).toBe(0)
})

test('what the database refuses is told of, and the next batch is written', async () => {
  await using world = await openStore()
  const errors: unknown[] = []
  const trail = recorderOn(world.metadata, errors)
  trail.add({ ...recordOf('broken'), action: undefined as unknown as string })
  await trail.flush()
  expect(errors).toHaveLength(1)
  trail.add(recordOf('whole'))
  await trail.flush()
  expect(await kept(world.metadata)).toMatchObject([{ requestId: 'whole' }])
})
