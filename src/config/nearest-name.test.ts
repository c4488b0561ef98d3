import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { editDistance, nearestName } from './nearest-name.ts'

describe('edit distance', () => {
  test.each([
    ['port', 'port', 0],
    ['prot', 'port', 1],
    ['ports', 'port', 1],
    ['pot', 'port', 1],
    ['sort', 'port', 1],
    ['', 'port', 4],
    ['port', '', 4],
    ['dev', 'region', 5],
  ])('from %j to %j is %i', (from, to, edits) => {
    expect(editDistance(from, to)).toBe(edits)
  })

  test('is nothing to itself, the same both ways, and at most the longer length', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        expect(editDistance(one, one)).toBe(0)
        expect(editDistance(one, other)).toBe(editDistance(other, one))
        expect(editDistance(one, other)).toBeLessThanOrEqual(Math.max(one.length, other.length))
      }),
    )
  })
})

describe('the nearest name', () => {
  const known = ['host', 'port', 'data-dir', 'region']

  test.each([
    ['prot', 'port'],
    ['PORT', 'port'],
    ['datadir', 'data-dir'],
    ['regoin', 'region'],
  ])('to %s is %s', (given, nearest) => {
    expect(nearestName(given, known)).toBe(nearest)
  })

  test('is none when nothing is like it', () => {
    expect(nearestName('zzzzzzzz', known)).toBeUndefined()
    expect(nearestName('port', [])).toBeUndefined()
  })
})
