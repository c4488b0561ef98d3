import { InvalidEventPatternError } from './invalid-event-pattern.ts'
import { isLeaf, isObject, type LeafTest } from './leaf.ts'
import { readAffix } from './operators/affix.ts'
import { readAnythingBut } from './operators/anything-but.ts'
import { readCidr } from './operators/cidr.ts'
import { readExists } from './operators/exists.ts'
import { readIgnoreCase } from './operators/ignore-case.ts'
import { readNumeric } from './operators/numeric.ts'
import { readWildcard } from './operators/wildcard.ts'

/** One element of a field's list: leaves that fit, or `absent`, that there is none. */
export type Matcher = LeafTest | 'absent'

const operators: ReadonlyMap<string, (operand: unknown) => Matcher> = new Map<
  string,
  (operand: unknown) => Matcher
>([
  ['prefix', (operand) => readAffix('prefix', operand)],
  ['suffix', (operand) => readAffix('suffix', operand)],
  ['equals-ignore-case', readIgnoreCase],
  ['anything-but', readAnythingBut],
  ['numeric', readNumeric],
  ['cidr', readCidr],
  ['wildcard', readWildcard],
  ['exists', (operand) => (readExists(operand) ? () => true : 'absent')],
  ['exact', readExact],
])

/** Names that an alternative of `$or` can't have as a field: with one of them it is no alternative. */
export function isOperator(name: string): boolean {
  return operators.has(name)
}

/**
 * Reads one element of a field's list.
 *
 * @throws InvalidEventPatternError
 * @see Amazon EventBridge user guide, "Comparison operators for use in event patterns"
 */
export function readMatcher(value: unknown): Matcher {
  if (isLeaf(value)) return (leaf) => leaf === value
  if (!isObject(value)) {
    throw new InvalidEventPatternError('Match value must be String, number, true, false, or null')
  }
  const [[operator, operand] = [], ...more] = Object.entries(value)
  if (operator === undefined) throw new InvalidEventPatternError('Empty objects are not allowed')
  if (more.length > 0) throw new InvalidEventPatternError('Only one key allowed in match expression')
  const read = operators.get(operator)
  if (read === undefined) throw new InvalidEventPatternError(`Unrecognized match type ${operator}`)
  return read(operand)
}

function readExact(operand: unknown): LeafTest {
  if (typeof operand === 'string') return (leaf) => leaf === operand
  throw new InvalidEventPatternError('exact match pattern must be a string')
}
