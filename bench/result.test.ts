import { expect, test } from 'vitest'
import { type Result, reachesGoal, timesPeer } from './result.ts'

const fast: Result = {
  what: 'reading',
  unit: 'requests/s',
  berth: [100, 120, 110],
  peer: { name: 'other', samples: [10, 10, 10] },
  notes: [],
}

test('more requests a second than the peer is that many times better', () => {
  expect(timesPeer(fast)).toEqual({ median: 11, min: 10, max: 12 })
})

test('fewer milliseconds than the peer is better too', () => {
  expect(timesPeer({ ...fast, unit: 'ms', berth: [5, 5, 5] })?.median).toBe(2)
})

test('a goal against the peer is reached by the median', () => {
  expect(reachesGoal({ ...fast, goal: { timesPeer: 11 } })).toBe(true)
  expect(reachesGoal({ ...fast, goal: { timesPeer: 11.1 } })).toBe(false)
})

test('a limit is kept when the median is no more', () => {
  expect(reachesGoal({ ...fast, unit: 'MiB', goal: { atMost: 110 } })).toBe(true)
  expect(reachesGoal({ ...fast, unit: 'MiB', goal: { atMost: 109 } })).toBe(false)
})

test('without the peer nobody knows whether a goal against it is reached', () => {
  const alone: Result = { ...fast, peer: { name: 'other', samples: [] }, goal: { timesPeer: 5 } }
  expect(timesPeer(alone)).toBeUndefined()
  expect(reachesGoal(alone)).toBeUndefined()
})
