import fc from 'fast-check'
import { expect, test } from 'vitest'
import { retryDelay } from './retry-delay.ts'

test.each([
  [1, 1_000],
  [2, 2_000],
  [5, 16_000],
  [10, 300_000],
])('after failure %i a job waits %i ms', (attempt, delay) => {
  expect(retryDelay(attempt)).toBe(delay)
})

test('it never waits less after more failures, nor longer than five minutes', () => {
  fc.assert(
    fc.property(fc.nat(100_000), (attempt) => {
      expect(retryDelay(attempt + 1)).toBeGreaterThanOrEqual(retryDelay(attempt))
      expect(retryDelay(attempt)).toBeLessThanOrEqual(300_000)
    }),
  )
})
