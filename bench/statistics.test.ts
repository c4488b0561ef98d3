import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pairedRatios, summarise } from './statistics.ts'

const samples = fc.array(fc.double({ min: 0.001, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 30 })

test.each([
  { rounds: [7], median: 7 },
  { rounds: [9, 1, 5], median: 5 },
  { rounds: [4, 1, 2, 100], median: 3 },
])('the median of $rounds is $median', ({ rounds, median }) => {
  expect(summarise(rounds).median).toBe(median)
})

test('as many samples lie above the median as below, whatever their order', () => {
  fc.assert(
    fc.property(samples, (rounds) => {
      const { median, min, max } = summarise(rounds)
      const above = rounds.filter((sample) => sample > median).length
      const below = rounds.filter((sample) => sample < median).length
      expect(above).toBeLessThanOrEqual(rounds.length / 2)
      expect(below).toBeLessThanOrEqual(rounds.length / 2)
      expect(min).toBeLessThanOrEqual(median)
      expect(max).toBeGreaterThanOrEqual(median)
    }),
  )
})

test('nothing measured has no summary', () => {
  expect(() => summarise([])).toThrow(RangeError)
})

test('a slow round that slows both sides leaves the ratio as it is', () => {
  expect(pairedRatios([100, 50, 100], [10, 5, 10])).toEqual([10, 10, 10])
})

test('rounds that do not pair up are refused', () => {
  expect(() => pairedRatios([1, 2], [1])).toThrow(RangeError)
})
