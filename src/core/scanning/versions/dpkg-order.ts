import { compareDigits, compareLists } from './order.ts'

interface DpkgVersion {
  readonly epoch: string
  readonly upstream: string
  readonly revision: string
}

/**
 * Debian's order, also Ubuntu's: `[epoch:]upstream[-revision]`, the epoch first.
 *
 * @see Debian Policy Manual, 5.6.12 "Version"; deb-version(7)
 */
export function compareDpkg(one: string, other: string): number {
  const [a, b] = [readVersion(one), readVersion(other)]
  return (
    compareDigits(a.epoch, b.epoch) ||
    comparePart(a.upstream, b.upstream) ||
    comparePart(a.revision, b.revision)
  )
}

function readVersion(text: string): DpkgVersion {
  const [, epoch = '', rest = text] = /^(\d+):(.*)$/s.exec(text) ?? []
  const dash = rest.lastIndexOf('-')
  return dash === -1
    ? { epoch, upstream: rest, revision: '' }
    : { epoch, upstream: rest.slice(0, dash), revision: rest.slice(dash + 1) }
}

/** Runs of other signs and runs of digits in turn, beginning with other signs, until there is a difference. */
function comparePart(one: string, other: string): number {
  return compareLists(runsOf(one), runsOf(other), compareRuns, ['', ''])
}

type Runs = readonly [signs: string, digits: string]

function runsOf(part: string): Runs[] {
  return Array.from(part.matchAll(/(\D*)(\d*)/g), ([, signs = '', digits = '']) => [signs, digits] as const)
}

function compareRuns([signs, digits]: Runs, [otherSigns, otherDigits]: Runs): number {
  return (
    compareLists(ranksOf(signs), ranksOf(otherSigns), (a, b) => a - b, endRank) ||
    compareDigits(digits, otherDigits)
  )
}

const endRank = 0

function ranksOf(signs: string): number[] {
  return Array.from(signs, rankOf)
}

/** A tilde comes before the end, letters after it, all other signs last. */
function rankOf(sign: string): number {
  if (sign === '~') return -1
  const code = sign.codePointAt(0) ?? 0
  return /[A-Za-z]/.test(sign) ? code : code + 256
}
