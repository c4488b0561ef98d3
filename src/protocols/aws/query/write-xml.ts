import { encodeBase64 } from '../base64.ts'
import type { ListShape, MapShape, Shape, StructureShape } from '../model/shape.ts'
import { isMembers, isMoment } from '../values.ts'
import { element, escapeXml } from './xml.ts'

/**
 * Writes the members of what an action answers as XML elements: modelled ones alone, absent ones left out.
 *
 * @throws TypeError when the answer isn't of its shape, which is a mistake of the action
 * @see Smithy, "AWS Query protocol", serialization of outputs
 */
export function writeXml(shape: StructureShape, value: unknown): string {
  if (!isMembers(value)) throw mistaken(shape, value)
  let written = ''
  for (const [name, member] of shape.members) {
    const given = value[name]
    if (given !== undefined && given !== null) {
      written += writeMember(shape.queryNames.get(name) ?? name, member, given)
    }
  }
  return written
}

function writeMember(name: string, shape: Shape, value: unknown): string {
  switch (shape.kind) {
    case 'structure':
      return element(name, writeXml(shape, value))
    case 'list':
      return writeList(name, shape, value)
    case 'map':
      return writeMap(name, shape, value)
    default:
      return element(name, escapeXml(writeText(shape, value)))
  }
}

function writeList(name: string, shape: ListShape, value: unknown): string {
  if (!Array.isArray(value)) throw mistaken(shape, value)
  const elements = value.map((each: unknown) =>
    writeMember(shape.flattened ? name : 'member', shape.member, each),
  )
  return shape.flattened ? elements.join('') : element(name, elements.join(''))
}

function writeMap(name: string, shape: MapShape, value: unknown): string {
  if (!isMembers(value)) throw mistaken(shape, value)
  const entries = Object.entries(value).map(([key, each]) => {
    const halves = element(shape.keyName, escapeXml(key)) + writeMember(shape.valueName, shape.value, each)
    return element(shape.flattened ? name : 'entry', halves)
  })
  return shape.flattened ? entries.join('') : element(name, entries.join(''))
}

function writeText(shape: Shape, value: unknown): string {
  if (shape.kind === 'string' && typeof value === 'string') return value
  if (shape.kind === 'boolean' && typeof value === 'boolean') return String(value)
  if (shape.kind === 'blob' && value instanceof Uint8Array) return encodeBase64(value)
  if (shape.kind === 'timestamp' && isMoment(value)) return value.toISOString().replace('.000Z', 'Z')
  if (typeof value === 'number' && Number.isFinite(value) && isNumeric(shape)) return String(value)
  throw mistaken(shape, value)
}

function isNumeric({ kind }: Shape): boolean {
  return kind === 'integer' || kind === 'long' || kind === 'double'
}

function mistaken(shape: Shape, value: unknown): TypeError {
  return new TypeError(`An answer holds a ${typeof value} where the model has a ${shape.kind}`)
}
