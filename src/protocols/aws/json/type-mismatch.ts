import type { Shape } from '../model/shape.ts'
import { RefusalError } from '../refusal.ts'
import { jsonKind } from './json-kind.ts'

/** A JSON value that isn't what the model says, in the words of AWS's JSON services. */
export function typeMismatch(shape: Shape, value: unknown): RefusalError {
  return new RefusalError('malformed-input', describe(shape, value))
}

function describe(shape: Shape, value: unknown): string {
  const kind = jsonKind(value)
  if (kind === 'object') return 'Start of structure or map found where not expected.'
  if (kind === 'array') return 'Start of list found where not expected'
  if (shape.kind === 'list') return 'Expected list or null'
  if (shape.kind === 'structure' || shape.kind === 'map') return 'Expected map or null'
  const token = kind === 'boolean' ? String(value) : kind
  return `${token.toUpperCase()}_VALUE cannot be converted to ${capitalise(shape.kind)}`
}

function capitalise(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
