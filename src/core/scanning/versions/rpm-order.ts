import { compareDigits, compareText } from './order.ts'

interface RpmVersion {
  readonly epoch: string
  readonly version: string
  readonly release: string
}

/**
 * RPM's order: `[epoch:]version[-release]`, in this order. Unlike a dependency's, a version without a release is one whose release is
 * empty, so that all versions have one order.
 *
 * @see rpm-version(7); rpmvercmp of librpmio
 */
export function compareRpm(one: string, other: string): number {
  const [a, b] = [readVersion(one), readVersion(other)]
  return (
    compareDigits(a.epoch, b.epoch) || comparePart(a.version, b.version) || comparePart(a.release, b.release)
  )
}

function readVersion(text: string): RpmVersion {
  const [, epoch = '', rest = text] = /^(\d+):(.*)$/s.exec(text) ?? []
  const dash = rest.lastIndexOf('-')
  return dash === -1
    ? { epoch, version: rest, release: '' }
    : { epoch, version: rest.slice(0, dash), release: rest.slice(dash + 1) }
}

/** Segments are runs of digits, runs of letters, `~` and `^`; whatever stands between them only separates. */
function comparePart(one: string, other: string): number {
  const [a, b] = [segmentsOf(one), segmentsOf(other)]
  const length = Math.max(a.length, b.length)
  for (let at = 0; at < length; at += 1) {
    const verdict = compareSegments(a[at] ?? '', b[at] ?? '')
    if (verdict !== 0) return verdict
  }
  return 0
}

function segmentsOf(part: string): string[] {
  return part.match(/\d+|[A-Za-z]+|[~^]/g) ?? []
}

function compareSegments(one: string, other: string): number {
  const [kind, otherKind] = [kindOf(one), kindOf(other)]
  if (kind !== otherKind) return kind - otherKind
  return kind === kinds.digits ? compareDigits(one, other) : compareText(one, other)
}

/** What is older comes first: a `~` is older than the end, a `^` newer than it and older than anything else. */
const kinds = { tilde: 0, end: 1, caret: 2, letters: 3, digits: 4 }

function kindOf(segment: string): number {
  if (segment === '') return kinds.end
  if (segment === '~') return kinds.tilde
  if (segment === '^') return kinds.caret
  return /\d/.test(segment) ? kinds.digits : kinds.letters
}
