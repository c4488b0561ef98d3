import { type FieldRange, parseField, parseValue } from './field.ts'

/** Weekdays, the last such day of the month, or its nth one. Sunday is 1. */
export interface DayOfWeek {
  readonly kind: 'day-of-week'
  readonly weekdays: ReadonlySet<number>
  readonly occurrence?: number | 'last'
}

const range: FieldRange = {
  first: 1,
  last: 7,
  names: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'],
}

/** Reads `MON-FRI`, `6L`, `L` or `SAT#3`; undefined when it is malformed. */
export function parseDayOfWeek(text: string): DayOfWeek | undefined {
  if (text === 'L') return { kind: 'day-of-week', weekdays: new Set([range.last]) }
  const [, lastOf] = /^(.+)L$/.exec(text) ?? []
  if (lastOf !== undefined) return single(lastOf, 'last')
  const [, nthOf, nth] = /^(.+)#([1-5])$/.exec(text) ?? []
  if (nthOf !== undefined) return single(nthOf, Number(nth))
  const weekdays = parseField(text, range)
  return weekdays && { kind: 'day-of-week', weekdays }
}

function single(text: string, occurrence: number | 'last'): DayOfWeek | undefined {
  const weekday = parseValue(text, range)
  return weekday === undefined ? undefined : { kind: 'day-of-week', weekdays: new Set([weekday]), occurrence }
}

export function fitsDayOfWeek({ weekdays, occurrence }: DayOfWeek, date: Date): boolean {
  if (!weekdays.has(date.getUTCDay() + 1)) return false
  if (occurrence === undefined) return true
  const today = date.getUTCDate()
  if (occurrence !== 'last') return Math.ceil(today / 7) === occurrence
  const length = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
  return today + 7 > length
}
