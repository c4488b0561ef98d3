import { fitsPieces } from '../fits-pieces.ts'
import { type Scanner, takeQuoted } from './scanner.ts'

type Operator = '=' | '!=' | '<' | '<=' | '>' | '>='

/** A value of JSON that isn't made of others, or a field of a line. */
export type Scalar = string | number | boolean

/** What a value is compared with, and how. */
export type Comparison = TextComparison | ExpressionComparison

interface ExpressionComparison {
  readonly operator: '=' | '!='
  /** A regular expression. */
  readonly fits: (text: string) => boolean
}

interface TextComparison {
  readonly operator: Operator
  /** The pieces between the stars. */
  readonly pieces: readonly string[]
  /** Of what isn't quoted and is a number. */
  readonly number: number | undefined
}

/** Reads an operator and what follows it; undefined where no operator stands. @throws LogsParameterError */
export function takeComparison(scanner: Scanner, bare: RegExp): Comparison | undefined {
  const operator = readOperator(scanner.take(/[!<>]=|[=<>]/))
  if (operator === undefined) return undefined
  const fits = scanner.takeExpression()
  if (fits !== undefined) {
    if (operator !== '=' && operator !== '!=')
      throw scanner.mistake('a regular expression follows = and != alone')
    return { operator, fits }
  }
  const text = takeQuoted(scanner)
  if (text !== undefined) return comparison(scanner, operator, { text, number: undefined })
  const word = scanner.expect(bare, 'a value')
  const number = Number(word)
  return comparison(scanner, operator, { text: word, number: Number.isNaN(number) ? undefined : number })
}

function readOperator(text: string | undefined): Operator | undefined {
  const operators: readonly Operator[] = ['=', '!=', '<', '<=', '>', '>=']
  return operators.find((operator) => operator === text)
}

function comparison(
  scanner: Scanner,
  operator: Operator,
  { text, number }: { readonly text: string; readonly number: number | undefined },
): TextComparison {
  const isOrder = operator !== '=' && operator !== '!='
  if (isOrder && number === undefined)
    throw scanner.mistake(`${operator} compares with numbers alone; found one that isn't`)
  return { operator, pieces: text.split('*'), number }
}

/** Whether a value is as it should be. */
export function compares(comparison: Comparison, value: Scalar): boolean {
  if (!('fits' in comparison)) return comparesText(comparison, value)
  return comparison.fits(String(value)) === (comparison.operator === '=')
}

function comparesText({ operator, pieces, number }: TextComparison, value: Scalar): boolean {
  switch (operator) {
    case '=':
      return isEqual(value, { pieces, number })
    case '!=':
      return !isEqual(value, { pieces, number })
    case '<':
      return number !== undefined && numberOf(value) < number
    case '<=':
      return number !== undefined && numberOf(value) <= number
    case '>':
      return number !== undefined && numberOf(value) > number
    case '>=':
      return number !== undefined && numberOf(value) >= number
  }
}

function isEqual(value: Scalar, { pieces, number }: Pick<TextComparison, 'pieces' | 'number'>): boolean {
  return (number !== undefined && value === number) || fitsPieces(pieces, String(value))
}

/** NaN, which is neither more nor less than anything, for what is no number. */
function numberOf(value: Scalar): number {
  if (typeof value === 'number') return value
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN
}
