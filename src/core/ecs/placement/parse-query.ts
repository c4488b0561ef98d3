import { EcsInvalidParameterError } from '../errors.ts'
import { type Comparison, comparisonOf } from './comparisons.ts'
import type { QueriedInstance } from './queried-instance.ts'

/** Whether an instance is one that an expression asks for. */
export type Query = (instance: QueriedInstance) => boolean

/** Characters of an expression. @see Amazon ECS API reference, PlacementConstraint, expression */
const longest = 2000
const deepest = 32
const token = /\s*(&&|\|\||==|!=|>=|<=|=~|!~|[!<>()[\],]|"[^"]*"|'[^']*'|[^\s()[\],=!<>~&|"']+)/y

/**
 * Reads an expression of the cluster query language, such as `attribute:stack == prod and not(task:group == db)`.
 *
 * @throws EcsInvalidParameterError for any other text
 * @see Amazon ECS developer guide, "Create expressions to define container instances for Amazon ECS tasks"
 */
export function parseQuery(expression: string): Query {
  if (expression.length > longest) refuse(expression.slice(0, 40), `it has more than ${longest} characters`)
  const reader = new TokenReader(expression)
  const query = readAlternatives(reader, 0)
  if (reader.peek() !== undefined) reader.refuse()
  return query
}

class TokenReader {
  readonly #expression: string
  readonly #tokens: readonly string[]
  #at = 0

  constructor(expression: string) {
    this.#expression = expression
    this.#tokens = tokensOf(expression)
  }

  peek(): string | undefined {
    return this.#tokens[this.#at]
  }

  take(): string {
    const next = this.peek()
    if (next === undefined) this.refuse()
    this.#at += 1
    return next
  }

  /** Takes the next token if it is one of these. */
  takeOne(...wanted: readonly string[]): string | undefined {
    const next = this.peek()
    return next !== undefined && wanted.includes(next.toLowerCase()) ? this.take().toLowerCase() : undefined
  }

  refuse(): never {
    const next = this.peek()
    return refuse(this.#expression, next === undefined ? 'it ends too soon' : `'${next}' was not expected`)
  }
}

function tokensOf(expression: string): readonly string[] {
  const found: string[] = []
  const pattern = new RegExp(token)
  const { length } = expression.trimEnd()
  while (pattern.lastIndex < length) {
    const at = pattern.lastIndex
    const [, text = ''] = pattern.exec(expression) ?? []
    if (text === '') refuse(expression, `'${expression.slice(at, at + 10)}' was not expected`)
    found.push(text)
  }
  return found
}

function readAlternatives(reader: TokenReader, depth: number): Query {
  const alternatives = [readConjunction(reader, depth)]
  while (reader.takeOne('or', '||') !== undefined) alternatives.push(readConjunction(reader, depth))
  return (instance) => alternatives.some((one) => one(instance))
}

function readConjunction(reader: TokenReader, depth: number): Query {
  const parts = [readPart(reader, depth)]
  while (reader.takeOne('and', '&&') !== undefined) parts.push(readPart(reader, depth))
  return (instance) => parts.every((one) => one(instance))
}

function readPart(reader: TokenReader, depth: number): Query {
  if (depth > deepest) reader.refuse()
  if (reader.takeOne('not', '!') !== undefined) {
    const part = readPart(reader, depth + 1)
    return (instance) => !part(instance)
  }
  if (reader.takeOne('(') === undefined) return readComparison(reader)
  const inner = readAlternatives(reader, depth + 1)
  if (reader.takeOne(')') === undefined) reader.refuse()
  return inner
}

function readComparison(reader: TokenReader): Query {
  const subject = reader.take()
  if (!/^(attribute:\S+|task:group|runningTasksCount|agentConnected)$/.test(subject)) {
    throw new EcsInvalidParameterError(
      `Invalid expression: Berth does not know '${subject}' of an instance. It knows attribute:<name>, task:group, runningTasksCount and agentConnected.`,
    )
  }
  const isDenied = reader.takeOne('!') !== undefined
  const comparison = comparisonOf(reader.take().toLowerCase())
  if (comparison === undefined) return reader.refuse()
  const test = comparison(readArguments(reader, comparison))
  return (instance) => test(instance.valuesOf(subject)) !== isDenied
}

function readArguments(reader: TokenReader, { takes }: Comparison): readonly string[] {
  if (takes === 'nothing') return []
  if (takes === 'one') return [unquoted(reader.take())]
  if (reader.takeOne('[') === undefined) return [unquoted(reader.take())]
  const list: string[] = []
  do list.push(unquoted(reader.take()))
  while (reader.takeOne(',') !== undefined)
  if (reader.takeOne(']') === undefined) reader.refuse()
  return list
}

function unquoted(text: string): string {
  return /^(["']).*\1$/.test(text) ? text.slice(1, -1) : text
}

function refuse(expression: string, why: string): never {
  throw new EcsInvalidParameterError(`Invalid expression '${expression}': ${why}.`)
}
