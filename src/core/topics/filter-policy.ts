import { fitsPattern } from '../event-patterns/fits-pattern.ts'
import { flattenEvent } from '../event-patterns/flatten-event.ts'
import { InvalidEventPatternError } from '../event-patterns/invalid-event-pattern.ts'
import { isObject, type JsonObject } from '../event-patterns/leaf.ts'
import { parseEventPattern } from '../event-patterns/parse-event-pattern.ts'
import { InvalidTopicParameterError } from './errors.ts'
import type { MessageAttributes } from './message-attributes.ts'

export type FilterScope = 'MessageAttributes' | 'MessageBody'

const mostKeys = 5
const mostCombinations = 150

/**
 * Checks a subscription's filter policy.
 *
 * @param prefix what stands before the error's text: `Attributes Reason: ` when it comes with Subscribe
 * @throws InvalidTopicParameterError
 * @see Amazon SNS developer guide, "Filter policy constraints"
 */
export function checkFilterPolicy(text: string, scope: FilterScope, prefix = ''): void {
  const invalid = (why: string) => new InvalidTopicParameterError(`${prefix}${why}`)
  const policy = parseObject(text)
  if (policy === undefined)
    throw invalid('FilterPolicy: failed to parse JSON. The policy must be a JSON object')
  if (Object.keys(policy).length === 0) return
  const names = Object.keys(policy).filter((name) => name !== '$or')
  if (names.length > mostKeys)
    throw invalid(`FilterPolicy: Filter policy can not have more than ${mostKeys} keys`)
  if (scope === 'MessageAttributes' && names.some((name) => isObject(policy[name]))) {
    throw invalid('Filter policy scope MessageAttributes does not support nested filter policy')
  }
  if (combinations(policy, 1) > mostCombinations) throw invalid('FilterPolicy: Filter policy is too complex')
  try {
    parseEventPattern(text)
  } catch (error) {
    throw error instanceof InvalidEventPatternError ? invalid(`FilterPolicy: ${error.reason}`) : error
  }
}

/** How many values are named at each field, times how deep it lies, all multiplied. */
function combinations(policy: JsonObject, depth: number): number {
  return Object.values(policy).reduce<number>((product, value) => {
    if (isObject(value)) return product * combinations(value, depth + 1)
    return Array.isArray(value) ? product * Math.max(1, value.length) * depth : product
  }, 1)
}

/** Whether a message is for a subscriber with this filter policy. A body that is no JSON object is for nobody who asks about it. */
export function passesFilter(
  policy: string,
  scope: FilterScope,
  message: { readonly body: string; readonly attributes: MessageAttributes },
): boolean {
  if (policy === '{}') return true
  const subject = scope === 'MessageBody' ? parseObject(message.body) : attributesAsJson(message.attributes)
  return subject !== undefined && fitsPattern(parseEventPattern(policy), flattenEvent(subject))
}

/** Attributes as patterns see them: numbers as numbers, lists as lists; bytes match nothing. */
function attributesAsJson(attributes: MessageAttributes): JsonObject {
  const entries = Object.entries(attributes).flatMap(([name, { Type: type, Value: value }]) => {
    if (type.startsWith('Binary')) return []
    if (type.startsWith('Number')) return [[name, Number(value)] as const]
    if (type.startsWith('String.Array')) return [[name, parseList(value)] as const]
    return [[name, value] as const]
  })
  return Object.fromEntries(entries)
}

function parseList(text: string): unknown {
  const value = parse(text)
  return Array.isArray(value) ? value : text
}

function parseObject(text: string): JsonObject | undefined {
  const value = parse(text)
  return isObject(value) ? value : undefined
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
