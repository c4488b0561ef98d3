/** As much of JSON Schema as lifecycle policies need. Objects are closed: they have no members but those named. */
export type Schema =
  | {
      readonly type: 'object'
      readonly required: readonly string[]
      readonly members: Readonly<Record<string, Schema>>
    }
  | { readonly type: 'array'; readonly atLeast?: number; readonly atMost?: number; readonly items: Schema }
  | { readonly type: 'string'; readonly values?: readonly string[] }
  | { readonly type: 'integer'; readonly minimum: number }

type Of<Type extends Schema['type']> = Extract<Schema, { readonly type: Type }>

/**
 * All that is wrong with a JSON value, outermost first, in the words of the validator that ECR uses. A value of the wrong type is not
 * looked into.
 */
export function schemaBreaches(schema: Schema, value: unknown): string[] {
  switch (schema.type) {
    case 'object':
      return isObject(value) ? objectBreaches(schema, value) : [wrongType(schema, value)]
    case 'array':
      return Array.isArray(value) ? arrayBreaches(schema, value) : [wrongType(schema, value)]
    case 'string':
      return typeof value === 'string' ? stringBreaches(schema, value) : [wrongType(schema, value)]
    case 'integer':
      return isInteger(value) ? integerBreaches(schema, value) : [wrongType(schema, value)]
  }
}

function objectBreaches({ required, members }: Of<'object'>, value: Readonly<Record<string, unknown>>) {
  const missing = required.filter((name) => !Object.hasOwn(value, name))
  const stray = Object.keys(value).filter((name) => !Object.hasOwn(members, name))
  return [
    ...(missing.length > 0 ? [`object has missing required properties (${list(missing)})`] : []),
    ...(stray.length > 0
      ? [`object instance has properties which are not allowed by the schema: (${list(stray)})`]
      : []),
    ...Object.entries(members).flatMap(([name, schema]) =>
      Object.hasOwn(value, name) ? schemaBreaches(schema, value[name]) : [],
    ),
  ]
}

function arrayBreaches({ atLeast = 0, atMost = Infinity, items }: Of<'array'>, value: readonly unknown[]) {
  const { length } = value
  if (length < atLeast) {
    return [`array is too short: must have at least ${atLeast} elements but instance has ${length} elements`]
  }
  if (length > atMost) {
    return [`array is too long: must have at most ${atMost} elements but instance has ${length} elements`]
  }
  return value.flatMap((item) => schemaBreaches(items, item))
}

function stringBreaches({ values }: Of<'string'>, value: string) {
  if (values === undefined || values.includes(value)) return []
  return [`instance value (${value}) not found in enum :(possible values: ${list(values)})`]
}

function integerBreaches({ minimum }: Of<'integer'>, value: number) {
  if (value >= minimum) return []
  return [`numeric instance is lower than the required minimum (minimum: ${minimum}, found: ${value})`]
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeOf(value) === 'object'
}

function isInteger(value: unknown): value is number {
  return Number.isSafeInteger(value)
}

function wrongType({ type }: Schema, value: unknown): string {
  return `instance type (${typeOf(value)}) does not match any allowed primitive type (allowed: ${list([type])})`
}

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number') return isInteger(value) ? 'integer' : 'number'
  return typeof value
}

function list(names: readonly string[]): string {
  return `[${names.map((name) => JSON.stringify(name)).join(',')}]`
}
