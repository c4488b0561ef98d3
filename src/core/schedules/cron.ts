import { type DayOfMonth, fitsDayOfMonth, parseDayOfMonth } from './day-of-month.ts'
import { type DayOfWeek, fitsDayOfWeek, parseDayOfWeek } from './day-of-week.ts'
import { parseField } from './field.ts'

/** Six fields, in UTC. Of the two days exactly one is given. */
export interface CronSchedule {
  readonly minutes: ReadonlySet<number>
  readonly hours: ReadonlySet<number>
  readonly months: ReadonlySet<number>
  readonly years: ReadonlySet<number>
  readonly day: DayOfMonth | DayOfWeek
}

const monthNames = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']
const lastYear = 2199
const day = 24 * 60 * 60 * 1000

/** Reads `cron(minutes hours day-of-month month day-of-week year)`; undefined for any other text. */
export function parseCron(text: string): CronSchedule | undefined {
  const [, inner = ''] = /^cron\(([^()]*)\)$/.exec(text) ?? []
  const fields = inner.trim().split(/\s+/)
  const [minute = '', hour = '', dayOfMonth = '', month = '', dayOfWeek = '', year = ''] = fields
  if (fields.length !== 6) return undefined
  const minutes = parseField(minute, { first: 0, last: 59 })
  const hours = parseField(hour, { first: 0, last: 23 })
  const months = parseField(month, { first: 1, last: 12, names: monthNames })
  const years = parseField(year, { first: 1970, last: lastYear })
  const parsedDay = parseDay(dayOfMonth, dayOfWeek)
  if (!minutes || !hours || !months || !years || !parsedDay) return undefined
  return { minutes, hours, months, years, day: parsedDay }
}

function parseDay(dayOfMonth: string, dayOfWeek: string): CronSchedule['day'] | undefined {
  if (dayOfWeek === '?' && dayOfMonth !== '?') return parseDayOfMonth(dayOfMonth)
  return dayOfMonth === '?' && dayOfWeek !== '?' ? parseDayOfWeek(dayOfWeek) : undefined
}

/** The first minute after a time that fits; undefined when there is none any more. */
export function nextCronTime(schedule: CronSchedule, after: Date): Date | undefined {
  const from = new Date((Math.floor(after.getTime() / 60_000) + 1) * 60_000)
  for (let date = startOfDay(from); date.getUTCFullYear() <= lastYear; date = nextDay(schedule, date)) {
    if (!fitsDay(schedule, date)) continue
    const time = firstTime(schedule, date, from)
    if (time !== undefined) return time
  }
  return undefined
}

/** The day after, or the first of the next year or month where this one doesn't fit. */
function nextDay({ years, months }: CronSchedule, date: Date): Date {
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()]
  if (!years.has(year)) return new Date(Date.UTC(year + 1, 0))
  if (!months.has(month + 1)) return new Date(Date.UTC(year, month + 1))
  return new Date(date.getTime() + day)
}

function fitsDay(schedule: CronSchedule, date: Date): boolean {
  if (!schedule.years.has(date.getUTCFullYear()) || !schedule.months.has(date.getUTCMonth() + 1)) return false
  return schedule.day.kind === 'day-of-month'
    ? fitsDayOfMonth(schedule.day, date)
    : fitsDayOfWeek(schedule.day, date)
}

function firstTime({ hours, minutes }: CronSchedule, date: Date, from: Date): Date | undefined {
  for (const hour of inOrder(hours)) {
    for (const minute of inOrder(minutes)) {
      const time = new Date(date.getTime() + (hour * 60 + minute) * 60_000)
      if (time >= from) return time
    }
  }
  return undefined
}

function inOrder(numbers: ReadonlySet<number>): number[] {
  return [...numbers].toSorted((one, other) => one - other)
}

function startOfDay(date: Date): Date {
  return new Date(Math.floor(date.getTime() / day) * day)
}
