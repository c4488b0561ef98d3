import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type TemporaryFolder, temporaryFolder } from '../../tests/support/temporary-folder.ts'
import { parseAccountId } from '../core/names/account-id.ts'
import { parseRegion } from '../core/names/region.ts'
import type { MetadataStore } from '../stores/metadata/metadata-store.ts'
import { openSqliteMetadata } from '../stores/metadata/sqlite.ts'
import { appendLogEvents } from './append-log-events.ts'
import { deleteLogGroup } from './delete-log-group.ts'
import type { Logs } from './logs.ts'
import { openLogStream } from './open-log-stream.ts'
import { readLogEvents } from './read-log-events.ts'
import { longestMessage } from './split-message.ts'

let folder: TemporaryFolder
let metadata: MetadataStore
let logs: Logs
beforeEach(async () => {
  folder = await temporaryFolder()
  metadata = await openSqliteMetadata({ file: join(folder.path, 'berth.db') })
  logs = { metadata, now: () => new Date('2026-03-01T12:00:00Z') }
})
afterEach(async () => {
  await metadata[Symbol.asyncDispose]()
  await folder[Symbol.asyncDispose]()
})

const group = { account: parseAccountId('000000000000'), region: parseRegion('us-east-1'), name: '/ecs/web' }
const stream = { group, name: 'web/web/1' }

async function messages(): Promise<string[]> {
  const events = await readLogEvents(logs, stream, { order: 'forward', limit: 99_999 })
  return events.map(({ message }) => message)
}

test('a stream is opened once, and its group only if that is asked for', async () => {
  await expect(openLogStream(logs, stream)).rejects.toThrow('The specified log group does not exist.')
  await openLogStream(logs, stream, 'make')
  await openLogStream(logs, stream)
  expect(await messages()).toEqual([])
})

test('events are added in any number and order, long ones in pieces and empty ones not at all', async () => {
  await openLogStream(logs, stream, 'make')
  const many = Array.from({ length: 10_001 }, (_, place) => ({
    timestamp: 20_000 - place,
    message: `${place}`,
  }))
  await appendLogEvents(logs, stream, [...many, { timestamp: 5, message: '' }])
  expect(await messages()).toEqual(many.map(({ message }) => message).toReversed())
})

test('a message too long for an event becomes several, none of them cut within a character', async () => {
  await openLogStream(logs, stream, 'make')
  const long = 'ä'.repeat(longestMessage / 2 - 1) + '€'.repeat(9)
  await appendLogEvents(logs, stream, [{ timestamp: 1, message: long }])
  const pieces = await messages()
  expect(pieces.join('')).toBe(long)
  expect(pieces.map((piece) => Buffer.byteLength(piece) <= longestMessage)).toEqual([true, true])
})

test('a stream that has gone takes nothing', async () => {
  await openLogStream(logs, stream, 'make')
  await deleteLogGroup(logs, group)
  const appending = appendLogEvents(logs, stream, [{ timestamp: 1, message: 'x' }])
  await expect(appending).rejects.toThrow('The specified log group does not exist.')
})
