import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts'
import { type EngineClaim, standingOf } from '../../core/ecs/engine-claim.ts'
import { openSqliteMetadata } from '../../stores/metadata/sqlite.ts'
import { summonMark } from './summon-mark.ts'

const options = { formerMark: 'former', newId: () => 'token' }

test('the mark that a database had in another place is summoned, or the one that is named', async () => {
  await using folder = await temporaryFolder()
  await using store = await openSqliteMetadata({ file: join(folder.path, 'metadata.db') })
  const add = (claim: EngineClaim) =>
    store.write(async (tx) => tx.engineClaims.add(claim, (await tx.engineClaims.all()).length))
  expect(await summonMark(store, options)).toBeUndefined()
  await add({ mark: undefined, token: '', place: undefined })
  expect(await summonMark(store, options)).toBe('former')
  await add({ mark: 'original', token: 'one', place: { id: 'there', run: 'first' } })
  await add({ mark: 'copy', token: 'two', place: await store.place() })
  expect(await summonMark(store, options)).toBe('original')
  expect(await summonMark(store, { ...options, mark: 'named' })).toBe('named')
  const last = (await store.engineClaims.all()).at(-1)
  expect(last).toEqual({ mark: 'named', token: 'token', place: undefined })
  expect(standingOf(last, await store.place(), [])).toBe('summoned')
})
