import type { Compile } from './operators.ts'

/** The comparisons of a family of values that have an order. What `read` makes NaN of fits nothing. */
export function ordered(read: (text: string) => number) {
  return {
    equal: comparison(read, (actual, expected) => actual === expected),
    less: comparison(read, (actual, expected) => actual < expected),
    lessOrEqual: comparison(read, (actual, expected) => actual <= expected),
    greater: comparison(read, (actual, expected) => actual > expected),
    greaterOrEqual: comparison(read, (actual, expected) => actual >= expected),
  }
}

function comparison(
  read: (text: string) => number,
  holds: (actual: number, expected: number) => boolean,
): Compile {
  return (values) => {
    const expected = values.map(read)
    return (actual) => expected.some((value) => holds(read(actual), value))
  }
}
