import type { Bounds, Shape, StringShape, StructureShape } from '../model/shape.ts'
import { isMembers, type Members } from '../values.ts'
import type { Breach, Constraint } from './breach.ts'

/** No text longer than this meets a pattern; the longest that any pattern of a model accepts is far shorter. */
const longestMatched = 16_384

type Path = readonly string[]

/**
 * Finds every constraint of the model that an input breaks, in the model's order; a caller who wants the first alone stops
 * there. Lengths are looked at before patterns, so that a pattern never meets a text of unlimited length.
 */
export function* findBreaches(shape: StructureShape, input: Members, path: Path = []): Generator<Breach> {
  for (const [name, member] of shape.members) {
    const value = input[name]
    const here = [...path, name]
    if (value !== undefined) yield* breachesOf(member, value, here)
    else if (shape.required.includes(name)) yield missing(here)
  }
}

function* breachesOf(shape: Shape, value: unknown, path: Path): Generator<Breach> {
  const broken = brokenConstraint(shape, value)
  if (broken) {
    yield { path, value, constraint: broken, sensitive: shape.kind === 'string' && shape.sensitive }
    return
  }
  if (shape.kind === 'structure' && isMembers(value)) yield* findBreaches(shape, value, path)
  else if (shape.kind === 'list' && Array.isArray(value)) yield* inElements(shape.member, value, path)
  else if (shape.kind === 'map' && isMembers(value)) yield* inEntries(shape.key, shape.value, value, path)
}

function* inElements(shape: Shape, elements: readonly unknown[], path: Path): Generator<Breach> {
  for (const [index, element] of elements.entries()) {
    const here = [...path, String(index + 1), 'member']
    if (element === undefined) yield missing(here)
    else yield* breachesOf(shape, element, here)
  }
}

function* inEntries(key: Shape, value: Shape, entries: Members, path: Path): Generator<Breach> {
  for (const [name, entry] of Object.entries(entries)) {
    yield* breachesOf(key, name, path)
    const here = [...path, name, 'member']
    if (entry === undefined) yield missing(here)
    else yield* breachesOf(value, entry, here)
  }
}

function missing(path: Path): Breach {
  return { path, value: null, constraint: { kind: 'required' }, sensitive: false }
}

function brokenConstraint(shape: Shape, value: unknown): Constraint | undefined {
  if (shape.kind === 'string' && typeof value === 'string') {
    return brokenLength(shape, value.length) ?? brokenText(shape, value)
  }
  if (shape.kind === 'list' && Array.isArray(value)) return brokenLength(shape, value.length)
  if (shape.kind === 'blob' && value instanceof Uint8Array) return brokenLength(shape, value.byteLength)
  if (shape.kind === 'map' && isMembers(value)) return brokenLength(shape, Object.keys(value).length)
  if (typeof value === 'number' && 'min' in shape) return brokenValue(shape, value)
  return undefined
}

function brokenLength({ min, max }: Bounds, length: number): Constraint | undefined {
  if (min !== undefined && length < min) return { kind: 'min-length', limit: min }
  if (max !== undefined && length > max) return { kind: 'max-length', limit: max }
  return undefined
}

function brokenValue({ min, max }: Bounds, value: number): Constraint | undefined {
  if (min !== undefined && value < min) return { kind: 'min-value', limit: min }
  if (max !== undefined && value > max) return { kind: 'max-value', limit: max }
  return undefined
}

function brokenText({ pattern, values }: StringShape, text: string): Constraint | undefined {
  if (values && !values.includes(text)) return { kind: 'enum', values }
  if (!pattern) return undefined
  const fits = text.length <= longestMatched && pattern.expression.test(text)
  return fits ? undefined : { kind: 'pattern', source: pattern.source }
}
