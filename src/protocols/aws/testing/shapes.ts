import type { MapShape, Shape, StringShape, StructureShape } from '../model/shape.ts'

/** Small makers of shapes, for tests that need no model. */

export function structure(
  members: Readonly<Record<string, Shape>>,
  required: readonly string[] = [],
): StructureShape {
  const named = new Map(Object.entries(members))
  return { kind: 'structure', name: 'Example', members: named, queryNames: new Map(), required }
}

export function string(more: Partial<StringShape> = {}): StringShape {
  return { kind: 'string', ...unbounded, pattern: undefined, values: undefined, sensitive: false, ...more }
}

export function number(
  kind: 'integer' | 'long' | 'double',
  bounds: { min?: number; max?: number } = {},
): Shape {
  return { kind, ...unbounded, ...bounds }
}

export function list(member: Shape, more: { min?: number; max?: number; flattened?: boolean } = {}): Shape {
  return { kind: 'list', member, flattened: false, ...unbounded, ...more }
}

export function map(value: Shape, more: Partial<MapShape> = {}): Shape {
  const names = { keyName: 'key', valueName: 'value', flattened: false }
  return { kind: 'map', key: string(), value, ...names, ...unbounded, ...more }
}

export function blob(bounds: { min?: number; max?: number } = {}): Shape {
  return { kind: 'blob', ...unbounded, ...bounds }
}

export const boolean: Shape = { kind: 'boolean' }
export const timestamp: Shape = { kind: 'timestamp' }

const unbounded = { min: undefined, max: undefined }
