import type { Compile } from './operators.ts'

const decimal = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)$/

/** The numeric operators. What is no number fits nothing. */
export const numbers = {
  equal: comparison((actual, expected) => actual === expected),
  less: comparison((actual, expected) => actual < expected),
  lessOrEqual: comparison((actual, expected) => actual <= expected),
  greater: comparison((actual, expected) => actual > expected),
  greaterOrEqual: comparison((actual, expected) => actual >= expected),
} satisfies Record<string, Compile>

function comparison(holds: (actual: number, expected: number) => boolean): Compile {
  return (values) => {
    const expected = values.map(toNumber)
    return (actual) => expected.some((value) => holds(toNumber(actual), value))
  }
}

function toNumber(text: string): number {
  return decimal.test(text) ? Number(text) : Number.NaN
}
