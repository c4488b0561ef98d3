import { compareDigits, compareLists, compareText } from './order.ts'

/** What a version is made of, in the order in which one is older than the other at the same place. */
const kinds = [
  'pre-release',
  'end',
  'revision',
  'suffix-number',
  'post-release',
  'letter',
  'number',
  'fraction',
  'unknown',
] as const

interface Token {
  readonly kind: (typeof kinds)[number]
  readonly value: string
}

const preReleases = ['alpha', 'beta', 'pre', 'rc']
const postReleases = ['cvs', 'svn', 'git', 'hg', 'p']
const end: Token = { kind: 'end', value: '' }

/**
 * Alpine's order, also Wolfi's: `number{.number}[letter]{_suffix[number]}[-r number]`. A version that goes on is later, unless it goes on
 * with `_alpha`, `_beta`, `_pre` or `_rc`.
 *
 * @see apk-tools, src/version.c
 */
export function compareApk(one: string, other: string): number {
  return compareLists(tokensOf(one), tokensOf(other), compareTokens, end)
}

function compareTokens(one: Token, other: Token): number {
  if (one.kind !== other.kind) return kinds.indexOf(one.kind) - kinds.indexOf(other.kind)
  switch (one.kind) {
    case 'pre-release':
      return preReleases.indexOf(one.value) - preReleases.indexOf(other.value)
    case 'post-release':
      return postReleases.indexOf(one.value) - postReleases.indexOf(other.value)
    case 'fraction':
      return compareFractions(one.value, other.value)
    case 'letter':
    case 'unknown':
      return compareText(one.value, other.value)
    default:
      return compareDigits(one.value, other.value)
  }
}

/** A number behind a dot that begins with zeros is the smaller the more of them there are: 1.01 is before 1.1. */
function compareFractions(one: string, other: string): number {
  const [zeros, otherZeros] = [leadingZeros(one), leadingZeros(other)]
  if (zeros !== otherZeros) return otherZeros - zeros
  const [rest, otherRest] = [one.slice(zeros), other.slice(zeros)]
  return rest === '' || otherRest === '' ? rest.length - otherRest.length : compareDigits(rest, otherRest)
}

function leadingZeros(digits: string): number {
  return digits.length - digits.replace(/^0+/, '').length
}

const patterns: readonly (readonly [Token['kind'], RegExp])[] = [
  ['fraction', /^\.(\d+)/],
  ['letter', /^([a-z])(?![a-z])/],
  ['pre-release', new RegExp(`^_(${preReleases.join('|')})(?![a-z])`)],
  ['post-release', new RegExp(`^_(${postReleases.join('|')})(?![a-z])`)],
  ['revision', /^-r(\d+)/],
]

function tokensOf(version: string): Token[] {
  const [number = ''] = /^\d*/.exec(version) ?? []
  const tokens: Token[] = [{ kind: 'number', value: number }]
  let rest = version.slice(number.length)
  while (rest !== '') {
    const { token, length } = nextToken(rest, tokens.at(-1)?.kind)
    tokens.push(token)
    rest = rest.slice(length)
  }
  return tokens
}

/** What fits nothing is taken whole, and is later than anything else in its place. */
function nextToken(rest: string, before: Token['kind'] | undefined): { token: Token; length: number } {
  if (before === 'pre-release' || before === 'post-release') {
    const [digits = ''] = /^\d*/.exec(rest) ?? []
    if (digits !== '') return { token: { kind: 'suffix-number', value: digits }, length: digits.length }
  }
  for (const [kind, pattern] of patterns) {
    const [all, value] = pattern.exec(rest) ?? []
    if (all !== undefined && value !== undefined) return { token: { kind, value }, length: all.length }
  }
  return { token: { kind: 'unknown', value: rest }, length: rest.length }
}
