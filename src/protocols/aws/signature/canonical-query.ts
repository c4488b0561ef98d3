import type { Parameter } from '../query-string.ts'
import { encodeStrictly } from './encode-strictly.ts'

/**
 * The query of a canonical request: every parameter but the signature itself, strictly encoded, sorted by encoded name
 * and then by encoded value.
 *
 * @see AWS IAM user guide, "Create a canonical request", canonical query string
 */
export function canonicalQuery(query: readonly Parameter[]): string {
  return query
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [encodeStrictly(name), encodeStrictly(value)] as const)
    .sort(([aName, aValue], [bName, bValue]) => compare(aName, bName) || compare(aValue, bValue))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}

/** By code unit; encoded text is ASCII, so this is the order of its bytes. */
function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
