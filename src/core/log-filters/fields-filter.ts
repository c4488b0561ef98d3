import { type Comparison, compares, takeComparison } from './comparison.ts'
import type { LogFilter } from './log-filter.ts'
import { Scanner } from './scanner.ts'

type Condition = (value: string) => boolean

/**
 * Conditions on the fields of a message, by their place between spaces: `[ip, user, ..., status = 4* || status = 5*, bytes > 1000]`. What
 * stands in quotation marks or brackets is one field; `...` is any number of them.
 *
 * @throws LogsParameterError
 * @see Amazon CloudWatch Logs user guide, "Using filter patterns to match terms in space-delimited log events"
 */
export function readFieldsFilter(pattern: string): LogFilter {
  const scanner = new Scanner(pattern)
  scanner.expect(/\[/, '[')
  const begin = takeFields(scanner)
  const hasGap = scanner.take(/\.\.\./) !== undefined
  const end = hasGap && scanner.take(/,/) !== undefined ? takeFields(scanner) : []
  scanner.expect(/\]/, 'a comma or ]')
  if (!scanner.isAtEnd) throw scanner.mistake('nothing may follow the closing bracket; found more')
  return (message) => {
    const fields = fieldsOf(message)
    const least = begin.length + end.length
    if (hasGap ? fields.length < least : fields.length !== least) return false
    return fitAll(begin, fields) && fitAll(end, fields.slice(fields.length - end.length))
  }
}

function fitAll(conditions: readonly Condition[], fields: readonly string[]): boolean {
  return conditions.every((condition, place) => condition(fields[place] ?? ''))
}

/** Fields up to `...` or the end. */
function takeFields(scanner: Scanner): Condition[] {
  const fields: Condition[] = []
  for (let name = takeName(scanner); name !== undefined; name = takeName(scanner)) {
    fields.push(takeEither(scanner, name))
    if (scanner.take(/,/) === undefined) break
  }
  return fields
}

function takeName(scanner: Scanner): string | undefined {
  return scanner.take(/[A-Za-z_]\w*/)
}

function takeEither(scanner: Scanner, name: string): Condition {
  const conditions = [takeBoth(scanner, name)]
  while (scanner.take(/\|\|/) !== undefined) conditions.push(takeBoth(scanner, takeSame(scanner, name)))
  return (value) => conditions.some((condition) => condition(value))
}

function takeBoth(scanner: Scanner, name: string): Condition {
  const comparisons: Comparison[] = []
  do {
    if (comparisons.length > 0) takeSame(scanner, name)
    const comparison = takeComparison(scanner, /[^\s",|&\]]+/)
    // A name alone is any field.
    if (comparison === undefined) break
    comparisons.push(comparison)
  } while (scanner.take(/&&/) !== undefined)
  return (value) => comparisons.every((comparison) => compares(comparison, value))
}

/** All conditions of one place are on one name. */
function takeSame(scanner: Scanner, name: string): string {
  const again = takeName(scanner)
  if (again !== name) throw scanner.mistake(`expected the field ${name} again`)
  return again
}

const field = /"[^"]*"|\[[^\]]*\]|\S+/g

function fieldsOf(message: string): string[] {
  return Array.from(message.matchAll(field), ([text]) => text.replace(/^"(.*)"$|^\[(.*)\]$/s, '$1$2'))
}
