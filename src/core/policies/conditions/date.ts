import { ordered } from './ordered.ts'

const epochSeconds = /^[0-9]+$/
/** W3C's profile of ISO 8601: from a year alone to fractions of a second, with a zone where there is a time. */
const isoDate = /^\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?)?)?$/
/** Four digits are a year. */
const yearDigits = 4

/** The date operators. */
export const dates = ordered(toTime)

function toTime(text: string): number {
  if (epochSeconds.test(text) && text.length !== yearDigits) return Number(text) * 1000
  return isoDate.test(text) ? Date.parse(text) : Number.NaN
}
