import { type Comparison, compares, type Scalar, takeComparison } from './comparison.ts'
import { type Selector, takeSelector } from './json-selector.ts'
import type { LogFilter } from './log-filter.ts'
import { Scanner } from './scanner.ts'

type Condition = (document: unknown) => boolean

/**
 * Conditions on a message that is a JSON object: `{ $.level = "ERROR" && ($.user.id > 9 || $.admin IS TRUE) }`.
 *
 * @throws LogsParameterError
 * @see Amazon CloudWatch Logs user guide, "Using filter patterns to match terms in JSON log events"
 */
export function readJsonFilter(pattern: string): LogFilter {
  const scanner = new Scanner(pattern)
  scanner.expect(/\{/, '{')
  const condition = takeEither(scanner)
  scanner.expect(/\}/, '}')
  if (!scanner.isAtEnd) throw scanner.mistake('nothing may follow the closing brace; found more')
  return (message) => {
    const document = parseObject(message)
    return document !== undefined && condition(document)
  }
}

function takeEither(scanner: Scanner): Condition {
  const conditions = [takeBoth(scanner)]
  while (scanner.take(/\|\|/) !== undefined) conditions.push(takeBoth(scanner))
  return (document) => conditions.some((condition) => condition(document))
}

function takeBoth(scanner: Scanner): Condition {
  const conditions = [takeOne(scanner)]
  while (scanner.take(/&&/) !== undefined) conditions.push(takeOne(scanner))
  return (document) => conditions.every((condition) => condition(document))
}

function takeOne(scanner: Scanner): Condition {
  if (scanner.take(/\(/) === undefined) return takeCondition(scanner)
  const condition = takeEither(scanner)
  scanner.expect(/\)/, ')')
  return condition
}

function takeCondition(scanner: Scanner): Condition {
  const select = takeSelector(scanner)
  if (scanner.take(/NOT\s+EXISTS\b/) !== undefined) return (document) => select(document).length === 0
  const word = scanner.take(/IS\s+(NULL|TRUE|FALSE)\b/)
  if (word !== undefined) return isWord(select, word)
  const comparison = takeComparison(scanner, /[^\s"&|(){}]+/)
  if (comparison === undefined) throw scanner.mistake('expected =, !=, <, <=, >, >=, IS or NOT EXISTS')
  return isCompared(select, comparison)
}

function isWord(select: Selector, word: string): Condition {
  const wanted = word === 'NULL' ? null : word === 'TRUE'
  return (document) => select(document).includes(wanted)
}

function isCompared(select: Selector, comparison: Comparison): Condition {
  return (document) => select(document).some((value) => isScalar(value) && compares(comparison, value))
}

function isScalar(value: unknown): value is Scalar {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}

function parseObject(text: string): object | undefined {
  if (!text.trimStart().startsWith('{')) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
