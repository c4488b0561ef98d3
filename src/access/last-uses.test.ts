import { afterAll, beforeAll, expect, test } from 'vitest'
import { temporaryFolder } from '../../tests/support/temporary-folder.ts'
import type { MetadataStore } from '../stores/metadata/metadata-store.ts'
import { openSqliteMetadata } from '../stores/metadata/sqlite.ts'
import { LastUses, type Use } from './last-uses.ts'

const resources = new AsyncDisposableStack()
let metadata: MetadataStore
beforeAll(async () => {
  const folder = resources.use(await temporaryFolder())
  metadata = resources.use(await openSqliteMetadata({ file: `${folder.path}/metadata.db` }))
})
afterAll(() => resources.disposeAsync())

const at = (seconds: number) => new Date(Date.UTC(2026, 2, 1, 12, 0, seconds))

/** Uses that are written into a list; the first `failures` batches can't be. */
function recorded(failures = 0) {
  const written: [string, Use][] = []
  const errors: unknown[] = []
  let left = failures
  const uses = new LastUses<Use>({
    metadata,
    async record(_tx, id, use) {
      if (left > 0) throw new Error(`batch ${left--}`)
      written.push([id, use])
    },
    onError: (error) => errors.push(error),
  })
  return { uses, written, errors }
}

test('what goes on doing the same is written once a minute, and at once where it does something else', async () => {
  const { uses, written } = recorded()
  const note = async (seconds: number, more: object = {}) => {
    uses.note('key', { at: at(seconds), service: 'ecr', region: 'us-east-1', ...more })
    await uses.flush()
    return written.length
  }
  expect(await note(0)).toBe(1)
  expect(await note(59)).toBe(1)
  expect(await note(60)).toBe(2)
  expect(await note(61, { region: 'eu-west-1' })).toBe(3)
  expect(await note(62, { region: 'eu-west-1', service: 'sts' })).toBe(4)
})

test('a batch holds the latest use of each, in one order, and is written on dispose', async () => {
  const { uses, written } = recorded()
  uses.note('b', { at: at(1) })
  uses.note('a', { at: at(2) })
  uses.note('b', { at: at(90) })
  await uses[Symbol.asyncDispose]()
  expect(written).toEqual([
    ['a', { at: at(2) }],
    ['b', { at: at(90) }],
  ])
})

test('what cannot be written is told of and goes with the next batch, unless something later has come', async () => {
  const { uses, written, errors } = recorded(1)
  uses.note('a', { at: at(1) })
  uses.note('b', { at: at(2) })
  await uses.flush()
  expect(errors).toEqual([new Error('batch 1')])
  uses.note('b', { at: at(90) })
  await uses.flush()
  expect(written).toEqual([
    ['a', { at: at(1) }],
    ['b', { at: at(90) }],
  ])
})
