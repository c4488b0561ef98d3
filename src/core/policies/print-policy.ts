import { isObject, type JsonObject } from './json-members.ts'

const indent = '  '

/**
 * Writes a policy as ECR shows it: a blank on both sides of each colon, an object's members on lines of their own, lists in line.
 *
 * @param value what `JSON.parse` gave
 * @see Amazon ECR API reference, GetRepositoryPolicy, sample response
 */
export function printPolicy(value: unknown, margin = ''): string {
  if (Array.isArray(value)) return printList(value, margin)
  return isObject(value) ? printObject(value, margin) : JSON.stringify(value)
}

function printList(values: readonly unknown[], margin: string): string {
  const printed = values.map((each) => `${printPolicy(each, margin)}, `).join('')
  return `[ ${printed.replace(/, $/, ' ')}]`
}

function printObject(object: JsonObject, margin: string): string {
  const inner = margin + indent
  const members = Object.entries(object).map(
    ([name, value]) => `${inner}${JSON.stringify(name)} : ${printPolicy(value, inner)}`,
  )
  return members.length === 0 ? '{ }' : `{\n${members.join(',\n')}\n${margin}}`
}
