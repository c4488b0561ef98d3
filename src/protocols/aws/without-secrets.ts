import type { Shape, StructureShape } from './model/shape.ts'
import type { Members } from './values.ts'

const hidden = '***'

/** Secrets that AWS's models fail to mark as sensitive. */
const unmarked: ReadonlySet<string> = new Set([
  'SessionToken',
  'TokenCode',
  'WebIdentityToken',
  'authorizationToken',
])

/**
 * An input or output as a log may show it: what its shape marks as sensitive is replaced by `***`, and what the shape doesn't
 * know is left out.
 *
 * @see Smithy, "sensitive trait"
 */
export function withoutSecrets(shape: Shape, value: unknown): unknown {
  if (value === undefined || value === null) return value
  switch (shape.kind) {
    case 'structure':
      return isMembers(value) ? shownMembers(shape, value) : undefined
    case 'list':
      return Array.isArray(value)
        ? value.map((each: unknown) => withoutSecrets(shape.member, each))
        : undefined
    case 'map':
      return isMembers(value) ? shownEntries(shape.value, value) : undefined
    case 'string':
      return shape.sensitive ? hidden : value
    default:
      return value
  }
}

function shownMembers(shape: StructureShape, value: Members): Members {
  const shown: [string, unknown][] = []
  for (const [name, member] of shape.members) {
    const given = Object.hasOwn(value, name) ? value[name] : undefined
    if (given !== undefined) shown.push([name, unmarked.has(name) ? hidden : withoutSecrets(member, given)])
  }
  return Object.fromEntries(shown)
}

function shownEntries(shape: Shape, value: Members): Members {
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withoutSecrets(shape, each)]))
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
