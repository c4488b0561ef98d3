import { expect, test } from 'vitest'
import { type DatabasePlace, type EngineClaim, type Standing, standingOf } from './engine-claim.ts'

const hour = 3_600_000
const here: DatabasePlace = { id: '12-1', run: 'boot-1', bornAt: 0, madeAt: 0 }
const claim: EngineClaim = { mark: 'a1b2', token: 'one', place: { id: '12-1', run: 'boot-1' } }
/** One of a database that was used before there were claims. */
const old: EngineClaim = { mark: undefined, token: '', place: undefined }

test.each<[what: string, last: EngineClaim | undefined, here: DatabasePlace, standing: Standing]>([
  ['that nobody has used yet', undefined, here, 'new'],
  ['whose Berth was started again', claim, here, 'here'],
  ['whose machine was started again', claim, { ...here, run: 'boot-2' }, 'back'],
  ['of which nothing tells the start', claim, { ...here, run: undefined }, 'back'],
  [
    'that nothing has told the start of',
    { ...claim, place: { id: '12-1', run: undefined } },
    { ...here, run: undefined },
    'back',
  ],
  ['that was copied on the machine', claim, { ...here, id: '13-2' }, 'elsewhere'],
  ['that was copied to another', claim, { ...here, id: '13-2', run: 'boot-2' }, 'elsewhere'],
  [
    'that its operator calls the original',
    { ...claim, place: undefined },
    { ...here, id: '13-2' },
    'summoned',
  ],
  ['of before there were claims, in the file it was made in', old, here, 'back'],
  ['of before, of which nothing tells the age', old, { ...here, bornAt: undefined }, 'back'],
  ['of before, which is older than its file', old, { ...here, bornAt: hour }, 'elsewhere'],
  ['of before, on a clock that was put right since', old, { ...here, bornAt: 59_000 }, 'back'],
])('a database %s', (_what, last, place, standing) => {
  expect(standingOf(last, place, [])).toBe(standing)
})

test('a database of before that was moved has gone on where tasks began since', () => {
  const moved = { ...here, bornAt: hour }
  expect(standingOf(old, moved, [hour - 1])).toBe('elsewhere')
  expect(standingOf(old, moved, [hour - 1, hour])).toBe('back')
})
