import { parseField } from './field.ts'

/** Days by number, the last one, or the weekday nearest to one. */
export interface DayOfMonth {
  readonly kind: 'day-of-month'
  readonly choice: ReadonlySet<number> | 'last' | { readonly weekdayNear: number | 'last' }
}

/** Reads `1,15`, `L`, `3W` or `LW`; undefined when it is malformed. */
export function parseDayOfMonth(text: string): DayOfMonth | undefined {
  const choice = parseChoice(text)
  return choice && { kind: 'day-of-month', choice }
}

function parseChoice(text: string): DayOfMonth['choice'] | undefined {
  if (text === 'L') return 'last'
  if (text === 'LW') return { weekdayNear: 'last' }
  const range = { first: 1, last: 31 }
  if (!text.endsWith('W')) return parseField(text, range)
  const [near, ...more] = parseField(text.slice(0, -1), range) ?? []
  return near === undefined || more.length > 0 ? undefined : { weekdayNear: near }
}

export function fitsDayOfMonth({ choice }: DayOfMonth, date: Date): boolean {
  const today = date.getUTCDate()
  const length = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
  if (choice === 'last') return today === length
  if (!('weekdayNear' in choice)) return choice.has(today)
  const near = choice.weekdayNear === 'last' ? length : choice.weekdayNear
  return near <= length && today === nearestWeekday(date, near, length)
}

/** Saturdays give way to the Friday before and Sundays to the Monday after, but never out of the month. */
function nearestWeekday(date: Date, near: number, length: number): number {
  const weekday = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), near)).getUTCDay()
  if (weekday === 6) return near > 1 ? near - 1 : near + 2
  if (weekday === 0) return near < length ? near + 1 : near - 2
  return near
}
