import { expect, test } from 'vitest'
import { readPosition, writePosition } from './log-event.ts'
import { sortOutEvents } from './sort-out-events.ts'

const hour = 60 * 60 * 1000
const day = 24 * hour
const now = Date.parse('2026-03-01T12:00:00Z')

const eventsAt = (...timestamps: readonly number[]) =>
  timestamps.map((timestamp) => ({ timestamp, message: 'x', bytes: 1 }))

test('events of the last two weeks and the next two hours are taken', () => {
  const events = eventsAt(now - 14 * day, now - 13.5 * day)
  expect(sortOutEvents(events, { now })).toEqual({ accepted: events })
  const late = eventsAt(now, now + 2 * hour)
  expect(sortOutEvents(late, { now })).toEqual({ accepted: late })
})

test('what is older, newer or expired is told by its place', () => {
  const old = eventsAt(now - 14 * day - 2, now - 14 * day - 1, now - 14 * day)
  expect(sortOutEvents(old, { now })).toEqual({
    accepted: old.slice(2),
    rejected: { tooOldLogEventEndIndex: 2 },
  })
  const ahead = eventsAt(now, now + 2 * hour + 1)
  expect(sortOutEvents(ahead, { now })).toEqual({
    accepted: ahead.slice(0, 1),
    rejected: { tooNewLogEventStartIndex: 1 },
  })
  const expired = eventsAt(now - 3 * day - 1, now - 3 * day)
  expect(sortOutEvents(expired, { now, retentionInDays: 3 })).toEqual({
    accepted: expired.slice(1),
    rejected: { expiredLogEventEndIndex: 1 },
  })
})

test('a batch is in order, of one day and of one mebibyte, each event with 26 bytes more', () => {
  expect(() => sortOutEvents(eventsAt(now, now - 1), { now })).toThrow('must be in chronological order')
  expect(() => sortOutEvents(eventsAt(now - day - 1, now), { now })).toThrow('cannot span more than 24 hours')
  const [event] = eventsAt(now)
  const full = [{ timestamp: now, message: '', ...event, bytes: 1_048_576 - 26 }]
  expect(sortOutEvents(full, { now }).accepted).toEqual(full)
  const overfull = full.map((one) => ({ ...one, bytes: one.bytes + 1 }))
  expect(() => sortOutEvents(overfull, { now })).toThrow(
    'Upload too large: 1048577 bytes exceeds limit of 1048576',
  )
})

test('a position is 56 digits, and nothing else is one', () => {
  const position = { timestamp: now, id: 7 }
  expect(writePosition(position)).toMatch(/^\d{56}$/)
  expect(readPosition(writePosition(position))).toEqual(position)
  expect(readPosition('7')).toBeUndefined()
  expect(readPosition('9'.repeat(56))).toBeUndefined()
})
