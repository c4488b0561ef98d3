import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readByteRange } from './byte-range.ts'

test.each([
  ['bytes=0-0', { first: 0, last: 0 }],
  ['bytes=0-99', { first: 0, last: 99 }],
  ['bytes=10-', { first: 10, last: 99 }],
  ['bytes=90-1000', { first: 90, last: 99 }],
  ['bytes=-1', { first: 99, last: 99 }],
  ['bytes=-100', { first: 0, last: 99 }],
  ['bytes=-1000', { first: 0, last: 99 }],
])('%s of a hundred bytes is a part of them', (header, range) => {
  expect(readByteRange(header, 100)).toEqual(range)
})

test.each(['bytes=100-', 'bytes=100-200', 'bytes=5-4', 'bytes=-0', 'bytes=999999999999999-'])(
  '%s of a hundred bytes is none of them',
  (header) => {
    expect(readByteRange(header, 100)).toBe('unsatisfiable')
  },
)

test.each([
  undefined,
  '',
  'bytes',
  'bytes=',
  'bytes=-',
  'bytes=0-1,3-4',
  'bytes=a-b',
  'bytes=0x1-2',
  'bytes= 1-2',
  'lines=0-1',
  'bytes=99999999999999999999-',
])('%j asks for everything', (header) => {
  expect(readByteRange(header, 100)).toBe('all')
})

test('nothing can be asked of an empty blob but all of it', () => {
  expect(readByteRange('bytes=0-', 0)).toBe('unsatisfiable')
  expect(readByteRange('bytes=-5', 0)).toBe('unsatisfiable')
  expect(readByteRange(undefined, 0)).toBe('all')
})

test('a range never leaves the blob', () => {
  const bound = fc.option(fc.nat(300), { nil: '' as const })
  fc.assert(
    fc.property(bound, bound, fc.nat(200), (first, last, size) => {
      const range = readByteRange(`bytes=${first}-${last}`, size)
      if (typeof range === 'string') return
      expect(range.first).toBeGreaterThanOrEqual(0)
      expect(range.first).toBeLessThanOrEqual(range.last)
      expect(range.last).toBeLessThan(size)
    }),
  )
})
