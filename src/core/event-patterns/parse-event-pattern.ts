import { InvalidEventPatternError } from './invalid-event-pattern.ts'
import { isObject, type JsonObject, type LeafTest } from './leaf.ts'
import type { EventPattern, FieldPattern } from './pattern.ts'
import { isOperator, type Matcher, readMatcher } from './read-matcher.ts'
import type { TextKey } from './text-table.ts'

/** Deeper nesting is refused, so that no pattern can exhaust the stack. */
const deepest = 100
/** Ways to fit a pattern. */
const mostWays = 1_000

/**
 * Reads a pattern's text. Of two members of one name the last counts, as on AWS.
 *
 * @throws InvalidEventPatternError
 * @see Amazon EventBridge user guide, "Creating Amazon EventBridge event patterns"
 */
export function parseEventPattern(text: string): EventPattern {
  const document = parseJson(text)
  if (!isObject(document)) throw new InvalidEventPatternError('Filter is not an object')
  return readObject(document, [])
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    const [token = ''] = /^\s*[A-Za-z_][\w-]*/.exec(text) ?? []
    const what =
      token === '' ? 'Unexpected character or end of input' : `Unrecognized token '${token.trim()}'`
    throw new InvalidEventPatternError(
      `${what}: was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')`,
    )
  }
}

function readObject(object: JsonObject, path: readonly string[]): EventPattern {
  const members = Object.entries(object)
  if (members.length === 0) throw new InvalidEventPatternError('Empty objects are not allowed')
  if (path.length > deepest) throw new InvalidEventPatternError('The pattern is nested too deeply')
  return members.map(([name, value]) => readMember(name, value, path)).reduce(both)
}

function readMember(name: string, value: unknown, path: readonly string[]): EventPattern {
  const alternatives = name === '$or' ? alternativesOf(value) : undefined
  if (alternatives !== undefined) return alternatives.flatMap((each) => readObject(each, path))
  if (isObject(value)) return readObject(value, [...path, name])
  return [[readField(name, value, path)]]
}

/** Each way of the one with each way of the other. */
function both(one: EventPattern, other: EventPattern): EventPattern {
  if (one.length * other.length > mostWays) {
    throw new InvalidEventPatternError('Rule is too complex - try using fewer $or alternatives')
  }
  return one.flatMap((fields) => other.map((more) => [...fields, ...more]))
}

/** `$or` is a field like any other unless it lists two objects or more none of which names an operator. */
function alternativesOf(value: unknown): readonly JsonObject[] | undefined {
  if (!Array.isArray(value) || value.length < 2) return undefined
  const alternatives: readonly unknown[] = value
  const objects = alternatives.filter(isObject)
  if (objects.length < alternatives.length) return undefined
  return objects.some((object) => Object.keys(object).some(isOperator)) ? undefined : objects
}

function readField(name: string, value: unknown, path: readonly string[]): FieldPattern {
  if (!Array.isArray(value)) throw new InvalidEventPatternError(`"${name}" must be an object or an array`)
  const values: readonly unknown[] = value
  if (values.length === 0) throw new InvalidEventPatternError('Empty arrays are not allowed')
  const matchers = values.map(readMatcher)
  const keys = values.flatMap(keysOf)
  return {
    path: [...path, name].join('.'),
    tests: matchers.filter(isTest),
    orAbsent: matchers.includes('absent'),
    ...(keys.length === values.length && { keys }),
  }
}

/** The text by which one element can be looked up, if it is such a one. */
function keysOf(value: unknown): TextKey[] {
  if (typeof value === 'string') return [{ kind: 'exact', text: value }]
  if (!isObject(value)) return []
  const { prefix, suffix } = value
  if (typeof prefix === 'string') return [{ kind: 'prefix', text: prefix }]
  return typeof suffix === 'string' ? [{ kind: 'suffix', text: suffix }] : []
}

function isTest(matcher: Matcher): matcher is LeafTest {
  return matcher !== 'absent'
}
