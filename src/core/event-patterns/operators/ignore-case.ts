import { InvalidEventPatternError } from '../invalid-event-pattern.ts'
import type { LeafTest } from '../leaf.ts'

/** `{"equals-ignore-case": "ABC"}` */
export function readIgnoreCase(operand: unknown): LeafTest {
  if (typeof operand !== 'string') {
    throw new InvalidEventPatternError('equals-ignore-case match pattern must be a string')
  }
  const folded = foldCase(operand)
  return (value) => typeof value === 'string' && foldCase(value) === folded
}

export function foldCase(text: string): string {
  return text.toLowerCase()
}
