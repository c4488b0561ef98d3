import { decodeBase64 } from '../base64.ts'
import type { ListShape, MapShape, Shape, StructureShape } from '../model/shape.ts'
import { isNumberOf } from '../numbers.ts'
import { RefusalError } from '../refusal.ts'
import type { Members } from '../values.ts'
import type { ParameterTree } from './parameter-tree.ts'

/**
 * Reads Query parameters as a structure of the model; parameters the model doesn't know are ignored.
 *
 * @throws RefusalError malformed-input where a value has another type than the model says
 * @see Smithy, "AWS Query protocol", serialization of inputs
 */
export function readQuery(shape: StructureShape, tree: ParameterTree): Members {
  const members: [string, unknown][] = []
  for (const [name, member] of shape.members) {
    const child = tree.children.get(shape.queryNames.get(name) ?? name)
    if (child) members.push([name, readValue(member, child, name)])
  }
  return Object.fromEntries(members)
}

function readValue(shape: Shape, tree: ParameterTree, name: string): unknown {
  switch (shape.kind) {
    case 'structure':
      return readQuery(shape, tree)
    case 'list':
      return readList(shape, tree, name)
    case 'map':
      return readMap(shape, tree, name)
    default:
      return readText(shape, tree.value, name)
  }
}

function readList(shape: ListShape, tree: ParameterTree, name: string): unknown[] {
  const elements = shape.flattened ? tree : tree.children.get('member')
  return numbered(elements, name).map((element) => readValue(shape.member, element, name))
}

function readMap(shape: MapShape, tree: ParameterTree, name: string): Members {
  const entries = shape.flattened ? tree : tree.children.get('entry')
  const read = numbered(entries, name).map(({ children }): [string, unknown] => {
    const key = children.get(shape.keyName)?.value
    const value = children.get(shape.valueName)
    if (key === undefined || !value) throw malformed(`${name} holds an entry without key or value`)
    return [key, readValue(shape.value, value, name)]
  })
  return Object.fromEntries(read)
}

/** The children of a list or a map in the order of their numbers, which start at 1 and may have gaps. */
function numbered(tree: ParameterTree | undefined, name: string): ParameterTree[] {
  return [...(tree?.children ?? [])]
    .map(([index, child]) => {
      if (!/^[1-9]\d{0,8}$/.test(index)) throw malformed(`'${index}' is no position in ${name}`)
      return { index: Number(index), child }
    })
    .sort((a, b) => a.index - b.index)
    .map(({ child }) => child)
}

type ScalarShape = Exclude<Shape, { kind: 'structure' | 'list' | 'map' }>

function readText(shape: ScalarShape, text: string | undefined, name: string): unknown {
  const read = text === undefined ? undefined : readAs(shape, text)
  if (read === undefined) throw malformed(`The value of ${name} is not a valid ${shape.kind}`)
  return read
}

function readAs(shape: ScalarShape, text: string): unknown {
  switch (shape.kind) {
    case 'string':
      return text
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : undefined
    case 'blob':
      return decodeBase64(text)
    case 'timestamp':
      return readMoment(text)
    default:
      return /^-?\d+(\.\d+)?$/.test(text) && isNumberOf(shape, Number(text)) ? Number(text) : undefined
  }
}

/** ISO 8601 in UTC, as every client writes it. */
function readMoment(text: string): Date | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/.test(text)) return undefined
  const moment = new Date(text)
  return Number.isNaN(moment.getTime()) ? undefined : moment
}

function malformed(message: string): RefusalError {
  return new RefusalError('malformed-input', message)
}
