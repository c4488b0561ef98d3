import type { Compile } from './operators.ts'

/** `true` or `false`, in any case; anything else fits nothing. */
export const bool: Compile = (values) => {
  const expected = values.map((value) => value.toLowerCase()).filter(isBool)
  return (actual) => expected.includes(actual.toLowerCase())
}

function isBool(text: string): boolean {
  return text === 'true' || text === 'false'
}
