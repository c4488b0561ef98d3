import { decodeBase64 } from '../base64.ts'
import type { Shape, StructureShape } from '../model/shape.ts'
import { isNumberOf } from '../numbers.ts'
import type { Members } from '../values.ts'
import { isJsonObject } from './json-kind.ts'
import { typeMismatch } from './type-mismatch.ts'

/**
 * Reads a parsed JSON value as a structure of the model. Members the model doesn't know are ignored, null ones count as
 * absent.
 *
 * @throws RefusalError malformed-input where a value has another type than the model says
 */
export function readJson(shape: StructureShape, value: unknown): Members {
  if (!isJsonObject(value)) throw typeMismatch(shape, value)
  return readMembers(shape, value)
}

function readMembers(shape: StructureShape, given: Members): Members {
  const members: [string, unknown][] = []
  for (const [name, member] of shape.members) {
    // Own members only: every object inherits a `constructor`.
    const value = Object.hasOwn(given, name) ? readValue(member, given[name]) : undefined
    if (value !== undefined) members.push([name, value])
  }
  return Object.fromEntries(members)
}

function readValue(shape: Shape, value: unknown): unknown {
  if (value === null) return undefined
  const read = readAs(shape, value)
  if (read === undefined) throw typeMismatch(shape, value)
  return read
}

/** The value in the form that actions see, or undefined when it has another type than its shape. */
function readAs(shape: Shape, value: unknown): unknown {
  switch (shape.kind) {
    case 'structure':
      return isJsonObject(value) ? readMembers(shape, value) : undefined
    case 'list':
      return Array.isArray(value) ? value.map((each: unknown) => readValue(shape.member, each)) : undefined
    case 'map':
      return isJsonObject(value) ? readEntries(shape.value, value) : undefined
    case 'string':
      return typeof value === 'string' ? value : undefined
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined
    case 'blob':
      return typeof value === 'string' ? decodeBase64(value) : undefined
    case 'timestamp':
      return typeof value === 'number' ? momentOf(value) : undefined
    default:
      return typeof value === 'number' && isNumberOf(shape, value) ? value : undefined
  }
}

/** Each key becomes the map's own, so that `__proto__` is a key like any other. */
function readEntries(shape: Shape, given: Members): Members {
  return Object.fromEntries(Object.entries(given).map(([key, value]) => [key, readValue(shape, value)]))
}

function momentOf(epochSeconds: number): Date | undefined {
  const moment = new Date(Math.round(epochSeconds * 1000))
  return Number.isNaN(moment.getTime()) ? undefined : moment
}
