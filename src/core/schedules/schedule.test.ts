import { describe, expect, test } from 'vitest'
import { nextTime, parseSchedule } from './schedule.ts'

const noon = new Date('2026-03-01T12:00:30.000Z')

function next(text: string, after: Date = noon): string | undefined {
  const schedule = parseSchedule(text)
  if (schedule === undefined) throw new RangeError(`Malformed: ${text}`)
  return nextTime(schedule, after)?.toISOString()
}

describe('a schedule is', () => {
  test.each([
    'rate(10 seconds)',
    'rate(10 years)',
    'rate(1 minutes)',
    'rate(10 minute)',
    'rate()',
    'rate(10)',
    'rate(10 minutess)',
    'rate(foo minutes)',
    'rate(0 minutes)',
    'rate(-10 minutes)',
    'rate(10 MINUTES)',
    'rate( 10 minutes )',
    ' rate(10 minutes)',
    'cron(0 1 * * * *)',
    'cron(0 1 ? * ? *)',
    'cron(7 20 * * NOT *)',
    'cron(INVALID)',
    'cron(0 dummy ? * MON-FRI *)',
    'cron(71 8 1 * ? *)',
    'cron(0 0 1W,2W * ? *)',
    'cron(0 0 ? * 8 *)',
    'cron(0/0 0 1 * ? *)',
    'at noon',
  ])('not %s', (text) => {
    expect(parseSchedule(text)).toBeUndefined()
  })

  test.each([
    ['rate(1 minute)', '2026-03-01T12:01:30.000Z'],
    ['rate(5 hours)', '2026-03-01T17:00:30.000Z'],
    ['cron(0 2 ? * SAT *)', '2026-03-07T02:00:00.000Z'],
    ['cron(5,35 14 * * ? *)', '2026-03-01T14:05:00.000Z'],
    ['cron(15 10 ? * 6L 2026-2027)', '2026-03-27T10:15:00.000Z'],
    ['cron(* * ? * SAT#3 *)', '2026-03-21T00:00:00.000Z'],
    ['cron(0/5 5 ? JAN 1-5 2027)', '2027-01-03T05:00:00.000Z'],
    ['cron(0/30 20-23 ? * MON-FRI *)', '2026-03-02T20:00:00.000Z'],
    ['cron(0 20-2 1 * ? *)', '2026-03-01T20:00:00.000Z'],
    ['cron(0 0 L * ? *)', '2026-03-31T00:00:00.000Z'],
    ['cron(0 0 1W 8 ? *)', '2026-08-03T00:00:00.000Z'],
    ['cron(0 0 LW 5 ? *)', '2026-05-29T00:00:00.000Z'],
    ['cron(0 0 29 2 ? *)', '2028-02-29T00:00:00.000Z'],
    ['cron(0 12 * * ? *)', '2026-03-02T12:00:00.000Z'],
    ['cron(1 12 * * ? *)', '2026-03-01T12:01:00.000Z'],
  ])('%s, which comes next at %s', (text, expected) => {
    expect(next(text)).toBe(expected)
  })

  test('over when its years are', () => {
    expect(next('cron(0 0 1 1 ? 2020)')).toBeUndefined()
    expect(next('cron(0 0 31 2 ? *)')).toBeUndefined()
  })
})
