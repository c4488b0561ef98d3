import fc from 'fast-check'
import { expect, test } from 'vitest'
import { backOff } from './back-off.ts'

test('the waits grow from a second to a quarter of an hour, give or take a half', () => {
  expect([1, 2, 3, 4].map((attempt) => backOff(attempt, 0.5))).toEqual([1_000, 2_000, 4_000, 8_000])
  expect(backOff(185, 0.5)).toBe(900_000)
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 185 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (attempt, random) => {
        const middle = backOff(attempt, 0.5)
        expect(Math.abs(backOff(attempt, random) - middle)).toBeLessThanOrEqual(middle / 2)
      },
    ),
  )
})
