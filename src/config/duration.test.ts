import { expect, test } from 'vitest'
import { durationMs, isDuration } from './duration.ts'

test.each([
  ['1s', 1_000],
  ['90s', 90_000],
  ['30m', 1_800_000],
  ['24h', 86_400_000],
  ['7d', 604_800_000],
])('%s is %i milliseconds', (text, expected) => {
  expect(isDuration(text)).toBe(true)
  expect(durationMs(text)).toBe(expected)
})

test.each(['', '0s', '5', 's', '1.5h', '-1h', '1 h', '1w', '1H', '1h30m', '1234567s'])(
  '%j is no duration',
  (text) => {
    expect(isDuration(text)).toBe(false)
    expect(() => durationMs(text)).toThrow(RangeError)
  },
)
