import { ordered } from './ordered.ts'

const decimal = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)$/

/** The numeric operators. */
export const numbers = ordered((text) => (decimal.test(text) ? Number(text) : Number.NaN))
