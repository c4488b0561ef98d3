import { InvalidEventPatternError } from '../invalid-event-pattern.ts'
import { isObject, type LeafTest } from '../leaf.ts'
import { readAffix } from './affix.ts'
import { readIgnoreCase } from './ignore-case.ts'
import { readWildcard } from './wildcard.ts'

/** `{"anything-but": ...}`: a leaf that is there and is none of these texts or numbers, or has none of these forms. */
export function readAnythingBut(operand: unknown): LeafTest {
  if (typeof operand === 'string' || typeof operand === 'number') return (value) => value !== operand
  if (Array.isArray(operand)) return noneOf(operand)
  if (isObject(operand)) return noneThat(operand)
  throw new InvalidEventPatternError('Value of anything-but must be an array or single string/number value.')
}

function noneOf(values: readonly unknown[]): LeafTest {
  if (values.some((value) => typeof value !== 'string' && typeof value !== 'number')) {
    throw new InvalidEventPatternError('Inside anything but list, start|null|boolean is not supported.')
  }
  if (new Set(values.map((value) => typeof value)).size !== 1) {
    throw new InvalidEventPatternError(
      'Inside anything but list, either all values are number or string, mixed type is not supported',
    )
  }
  const excluded = new Set(values)
  return (value) => !excluded.has(value)
}

function noneThat(operand: Readonly<Record<string, unknown>>): LeafTest {
  const [[kind = '', given] = [], ...more] = Object.entries(operand)
  if (more.length > 0) throw new InvalidEventPatternError('Only one key allowed in match expression')
  const read = formsToExclude.get(kind)
  if (read === undefined) throw new InvalidEventPatternError(`Unsupported anything-but pattern: ${kind}`)
  const forms: readonly unknown[] = Array.isArray(given) ? given : [given]
  if (forms.length === 0) throw new InvalidEventPatternError('Empty arrays are not allowed')
  const excluded = forms.map(read)
  return (value) => !excluded.some((isExcluded) => isExcluded(value))
}

const formsToExclude: ReadonlyMap<string, (form: unknown) => LeafTest> = new Map([
  ['prefix', excludedAffix('prefix')],
  ['suffix', excludedAffix('suffix')],
  ['equals-ignore-case', excludedIgnoringCase],
  ['wildcard', readWildcard],
])

function excludedAffix(affix: 'prefix' | 'suffix'): (form: unknown) => LeafTest {
  return (form) => {
    if (typeof form !== 'string')
      throw new InvalidEventPatternError('prefix/suffix match pattern must be a string')
    if (form === '') throw new InvalidEventPatternError('Null prefix/suffix not allowed')
    return readAffix(affix, form)
  }
}

function excludedIgnoringCase(form: unknown): LeafTest {
  if (typeof form === 'string') return readIgnoreCase(form)
  throw new InvalidEventPatternError(
    'Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.',
  )
}
