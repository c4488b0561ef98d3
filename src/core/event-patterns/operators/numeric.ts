import { InvalidEventPatternError } from '../invalid-event-pattern.ts'
import type { LeafTest } from '../leaf.ts'

const bottoms: readonly unknown[] = ['>', '>=']
const tops: readonly unknown[] = ['<', '<=']

/** `{"numeric": [">", 0, "<=", 5]}`: one comparison, or the two of a range with its bottom first. */
export function readNumeric(operand: unknown): LeafTest {
  if (!Array.isArray(operand)) throw new InvalidEventPatternError('Value of numeric must be an array.')
  const terms: readonly unknown[] = operand
  if (terms.length === 0) throw new InvalidEventPatternError('Invalid member in numeric match: ]')
  const [operator, first, ...rest] = terms
  const compare = comparison(operator, first)
  if (rest.length === 0) return numbersThat(compare)
  if (!bottoms.includes(operator)) {
    throw new InvalidEventPatternError('Too many elements in numeric expression')
  }
  const [second, top, ...more] = rest
  if (!tops.includes(second)) throw new InvalidEventPatternError(`Bad numeric range operator: ${second}`)
  if (typeof top !== 'number') throw new InvalidEventPatternError(`Bad value in numeric range: ${top}`)
  if (more.length > 0) throw new InvalidEventPatternError('Too many terms in numeric range expression')
  if (typeof first !== 'number' || first >= top) {
    throw new InvalidEventPatternError('Bottom must be less than top')
  }
  const below = comparison(second, top)
  return numbersThat((value) => compare(value) && below(value))
}

function numbersThat(test: (value: number) => boolean): LeafTest {
  return (value) => typeof value === 'number' && test(value)
}

function comparison(operator: unknown, operand: unknown): (value: number) => boolean {
  const compare = typeof operator === 'string' ? comparisons.get(operator) : undefined
  if (compare === undefined) {
    throw new InvalidEventPatternError(`Unrecognized numeric range operator: ${operator}`)
  }
  if (typeof operand !== 'number') {
    throw new InvalidEventPatternError(`Value of ${operator === '=' ? 'equals' : operator} must be numeric`)
  }
  return (value) => compare(value, operand)
}

const comparisons: ReadonlyMap<string, (value: number, operand: number) => boolean> = new Map([
  ['=', (value, operand) => value === operand],
  ['<', (value, operand) => value < operand],
  ['<=', (value, operand) => value <= operand],
  ['>', (value, operand) => value > operand],
  ['>=', (value, operand) => value >= operand],
])
