import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatStamp, parseHttpDate, parseStamp } from './request-time.ts'

test('a stamp comes back as the second it was made of', () => {
  const moment = fc.date({ min: new Date('0000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  fc.assert(
    fc.property(moment, (date) => {
      date.setUTCMilliseconds(0)
      expect(parseStamp(formatStamp(date))).toEqual(date)
    }),
  )
})

test.each([
  '',
  '20260301',
  '20260230T080000Z',
  '20260301T240000Z',
  '20261301T000000Z',
  '20260301T080000',
  ' 20260301T080000Z',
])('%j is no stamp', (text) => {
  expect(parseStamp(text)).toBeUndefined()
})

test('an HTTP date is read in its one current form', () => {
  expect(parseHttpDate('Sun, 01 Mar 2026 08:00:00 GMT')).toEqual(new Date('2026-03-01T08:00:00Z'))
  expect(parseHttpDate('20260301T080000Z')).toEqual(new Date('2026-03-01T08:00:00Z'))
  for (const text of [
    '2026-03-01',
    'Sunday, 01-Mar-26 08:00:00 GMT',
    'Sun, 99 Mar 2026 08:00:00 GMT',
    'tomorrow',
  ]) {
    expect(parseHttpDate(text)).toBeUndefined()
  }
})
