import { compareDigits, compareLists, compareText } from './order.ts'

interface SemanticVersion {
  readonly numbers: readonly string[]
  /** Empty for a release. */
  readonly preRelease: readonly string[]
}

/**
 * The order of semantic versions, for npm, Go and Rust. A `v` or `go` in front doesn't count, numbers that lack are 0, and `1.22rc1`,
 * as Go writes itself, is `1.22.0-rc.1`.
 *
 * @see Semantic Versioning 2.0.0, 11 "Precedence"
 */
export function compareSemver(one: string, other: string): number {
  const [a, b] = [readVersion(one), readVersion(other)]
  const verdict = compareLists(a.numbers, b.numbers, compareDigits, '0')
  if (verdict !== 0) return verdict
  if (a.preRelease.length === 0 || b.preRelease.length === 0) return b.preRelease.length - a.preRelease.length
  return compareLists(a.preRelease, b.preRelease, compareIdentifiers, '')
}

function readVersion(text: string): SemanticVersion {
  const [core = ''] = text
    .trim()
    .replace(/^(?:go|v|=)+/, '')
    .split('+')
  const [, numbers = '', rest = core] = /^(\d+(?:\.\d+)*)(.*)$/s.exec(core) ?? []
  const preRelease = rest.replace(/^[-.]/, '').replace(/^(rc|beta|alpha)(?=\d)/, '$1.')
  return { numbers: numbers.split('.'), preRelease: preRelease === '' ? [] : preRelease.split('.') }
}

/** Numbers are before words, and an identifier that lacks is before any. */
function compareIdentifiers(one: string, other: string): number {
  const [numeric, otherNumeric] = [isNumber(one), isNumber(other)]
  if (numeric && otherNumeric) return compareDigits(one, other)
  return rankOf(one, numeric) - rankOf(other, otherNumeric) || compareText(one, other)
}

function rankOf(identifier: string, numeric: boolean): number {
  if (identifier === '') return 0
  return numeric ? 1 : 2
}

function isNumber(identifier: string): boolean {
  return /^\d+$/.test(identifier)
}
