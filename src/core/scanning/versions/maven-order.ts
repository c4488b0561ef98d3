import { ownMember } from '../../own-member.ts'
import { compareDigits, compareText } from './order.ts'

/** `.` and `-` separate, and so does each change between digits and letters, as a `-` would. */
interface Token {
  readonly separator: '.' | '-'
  readonly value: string
}

const qualifiers = ['alpha', 'beta', 'milestone', 'rc', 'snapshot', '', 'sp']
const aliases: Record<string, string> = { ga: '', final: '', release: '', cr: 'rc' }
const short: Record<string, string> = { a: 'alpha', b: 'beta', m: 'milestone' }

/**
 * Maven's order.
 *
 * @see Maven POM Reference, "Version Order Specification"
 */
export function compareMaven(one: string, other: string): number {
  const [a, b] = [tokensOf(one), tokensOf(other)]
  const length = Math.max(a.length, b.length)
  for (let at = 0; at < length; at += 1) {
    const verdict = compareTokens(a[at] ?? padding(b[at]), b[at] ?? padding(a[at]))
    if (verdict !== 0) return verdict
  }
  return 0
}

function tokensOf(version: string): Token[] {
  const parts = version.toLowerCase().matchAll(/([.-]?)(\d+|[^\d.-]+|(?=[.-]|$))/g)
  const tokens: Token[] = []
  for (const [all, separator = '', value = ''] of parts) {
    if (all === '') continue
    tokens.push({ separator: separator === '.' || tokens.length === 0 ? '.' : '-', value: value || '0' })
  }
  return trimmed(tokens.map(withFullName))
}

/** `1.0-a1` is `1.0-alpha-1`, but a single letter that no digit follows stands for itself. */
function withFullName(token: Token, at: number, tokens: readonly Token[]): Token {
  const followed = isNumber(tokens[at + 1]?.value ?? '')
  const value = (followed ? ownMember(short, token.value) : undefined) ?? token.value
  return { ...token, value: ownMember(aliases, value) ?? value }
}

/** What means nothing at the end of the version, or before a hyphen, doesn't count: 1.0.0 is 1, and 1.ga-2 is 1-2. */
function trimmed(tokens: readonly Token[]): Token[] {
  const kept: Token[] = []
  for (const token of tokens) {
    if (token.separator === '-') dropNothing(kept)
    kept.push(token)
  }
  dropNothing(kept)
  return kept
}

function dropNothing(tokens: Token[]): void {
  while (tokens.length > 0 && isNothing(tokens.at(-1)?.value ?? '')) tokens.pop()
}

function isNothing(value: string): boolean {
  return value === '' || /^0+$/.test(value)
}

function padding(against: Token | undefined): Token {
  const separator = against?.separator ?? '.'
  return { separator, value: isNumber(against?.value ?? '') ? '0' : '' }
}

function compareTokens(one: Token, other: Token): number {
  const [rank, otherRank] = [rankOf(one), rankOf(other)]
  if (rank !== otherRank) return rank - otherRank
  return isNumber(one.value)
    ? compareDigits(one.value, other.value)
    : compareQualifiers(one.value, other.value)
}

/** At the same place: a qualifier, then a number behind a hyphen, then a number behind a dot. */
function rankOf({ separator, value }: Token): number {
  if (!isNumber(value)) return 0
  return separator === '-' ? 1 : 2
}

/** The known ones in their order, any other word after them. */
function compareQualifiers(one: string, other: string): number {
  const [known, otherKnown] = [qualifierRank(one), qualifierRank(other)]
  return known - otherKnown || compareText(one, other)
}

function qualifierRank(qualifier: string): number {
  const at = qualifiers.indexOf(qualifier)
  return at === -1 ? qualifiers.length : at
}

function isNumber(value: string): boolean {
  return /^\d+$/.test(value)
}
