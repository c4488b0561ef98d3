import { encodeBase64 } from '../base64.ts'
import type { Shape, StructureShape } from '../model/shape.ts'
import { isMembers, isMoment, type Members } from '../values.ts'

/**
 * Turns what an action answers into a value for `JSON.stringify`: modelled members alone, absent ones left out, moments as
 * epoch seconds with milliseconds, bytes as base64.
 *
 * @throws TypeError when the answer isn't of its shape, which is a mistake of the action
 */
export function writeJson(shape: StructureShape, value: unknown): Members {
  if (!isMembers(value)) throw new TypeError(`${shape.name} should be a structure`)
  const written: [string, unknown][] = []
  for (const [name, member] of shape.members) {
    const given = value[name]
    if (given !== undefined && given !== null) written.push([name, writeValue(member, given)])
  }
  return Object.fromEntries(written)
}

function writeValue(shape: Shape, value: unknown): unknown {
  const written = writeAs(shape, value)
  if (written === undefined)
    throw new TypeError(`An answer holds a ${typeof value} where the model has a ${shape.kind}`)
  return written
}

function writeAs(shape: Shape, value: unknown): unknown {
  switch (shape.kind) {
    case 'structure':
      return writeJson(shape, value)
    case 'list':
      return Array.isArray(value) ? value.map((each: unknown) => writeValue(shape.member, each)) : undefined
    case 'map':
      return isMembers(value) ? writeEntries(shape.value, value) : undefined
    case 'blob':
      return value instanceof Uint8Array ? encodeBase64(value) : undefined
    case 'timestamp':
      return isMoment(value) ? value.getTime() / 1000 : undefined
    case 'string':
      return typeof value === 'string' ? value : undefined
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined
    default:
      return typeof value === 'number' && Number.isFinite(value) ? value : undefined
  }
}

function writeEntries(shape: Shape, entries: Members): Members {
  const present = Object.entries(entries).filter(([, value]) => value !== undefined && value !== null)
  return Object.fromEntries(present.map(([key, value]) => [key, writeValue(shape, value)]))
}
