import { InvalidEventPatternError } from '../invalid-event-pattern.ts'
import { isObject, type LeafTest } from '../leaf.ts'
import { foldCase } from './ignore-case.ts'

type Affix = 'prefix' | 'suffix'

/** `{"prefix": "us-"}`, `{"suffix": ".png"}`, and either with `{"equals-ignore-case": ...}`: for texts alone. */
export function readAffix(affix: Affix, operand: unknown): LeafTest {
  if (typeof operand === 'string') return testOf(affix, operand)
  const [[kind, text] = []] = isObject(operand) ? Object.entries(operand) : []
  if (kind === undefined) throw new InvalidEventPatternError(`${affix} match pattern must be a string`)
  if (kind !== 'equals-ignore-case')
    throw new InvalidEventPatternError(`Unsupported ${affix} pattern: ${kind}`)
  if (typeof text !== 'string') {
    throw new InvalidEventPatternError('equals-ignore-case match pattern must be a string')
  }
  const folded = testOf(affix, foldCase(text))
  return (value) => typeof value === 'string' && folded(foldCase(value))
}

function testOf(affix: Affix, text: string): LeafTest {
  return affix === 'prefix'
    ? (value) => typeof value === 'string' && value.startsWith(text)
    : (value) => typeof value === 'string' && value.endsWith(text)
}
