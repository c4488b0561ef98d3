import { InvalidEventPatternError } from '../invalid-event-pattern.ts'

/** `{"exists": true}`: whether the field must be there, as a leaf. */
export function readExists(operand: unknown): boolean {
  if (typeof operand === 'boolean') return operand
  throw new InvalidEventPatternError('exists match pattern must be either true or false.')
}
