export type JsonKind = 'null' | 'array' | 'object' | 'string' | 'number' | 'boolean'

/** What a parsed JSON value is. */
export function jsonKind(value: unknown): JsonKind {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  const type = typeof value
  return type === 'string' || type === 'number' || type === 'boolean' ? type : 'object'
}

export function isJsonObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return jsonKind(value) === 'object'
}
