import { compareDigits, compareLists, compareText } from './order.ts'

const pattern =
  /^v?(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[-_.]?(alpha|beta|preview|pre|rc|a|b|c)[-_.]?(\d*))?(?:[-_.]?(post|rev|r)[-_.]?(\d*)|-(\d+))?(?:[-_.]?(dev)[-_.]?(\d*))?(?:\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?$/

interface PythonVersion {
  readonly epoch: string
  readonly release: readonly string[]
  /** What comes after the release, each as a rank and a number: a lack has its rank too. */
  readonly phases: readonly (readonly [rank: number, number: string])[]
  /** Undefined without one. */
  readonly local: readonly string[] | undefined
}

/**
 * The order of Python's versions. What isn't one comes before all that are.
 *
 * @see Python Packaging User Guide, "Version specifiers" (PEP 440)
 */
export function comparePep440(one: string, other: string): number {
  const [a, b] = [readVersion(one), readVersion(other)]
  if (a === undefined || b === undefined)
    return order(a !== undefined, b !== undefined) || compareText(one, other)
  return (
    compareDigits(a.epoch, b.epoch) ||
    compareLists(a.release, b.release, compareDigits, '0') ||
    compareLists(a.phases, b.phases, ([x, n], [y, m]) => x - y || compareDigits(n, m), [0, '']) ||
    order(a.local !== undefined, b.local !== undefined) ||
    compareLists(a.local ?? [], b.local ?? [], compareLocal, '')
  )
}

function order(one: boolean, other: boolean): number {
  return Number(one) - Number(other)
}

const preRanks: Record<string, number> = { a: 1, alpha: 1, b: 2, beta: 2, c: 3, rc: 3, pre: 3, preview: 3 }

function readVersion(text: string): PythonVersion | undefined {
  const parts = pattern.exec(text.trim().toLowerCase())
  if (parts === null) return undefined
  const [
    ,
    epoch = '',
    release = '',
    pre,
    preNumber = '',
    post,
    postNumber,
    implicitPost,
    dev,
    devNumber = '',
  ] = parts
  const isPost = post !== undefined || implicitPost !== undefined
  const local = parts[10]?.split(/[-_.]/)
  return {
    epoch,
    release: release.split('.'),
    phases: [
      [preRank(pre, !isPost && dev !== undefined), preNumber],
      [Number(isPost), postNumber ?? implicitPost ?? ''],
      [dev === undefined ? 1 : 0, devNumber],
    ],
    local,
  }
}

/** A development release of the release itself comes before all its pre-releases, the release after them. */
function preRank(pre: string | undefined, isDevelopment: boolean): number {
  if (pre !== undefined) return preRanks[pre] ?? 0
  return isDevelopment ? 0 : 4
}

/** Numbers come after words, and a segment that lacks before any. */
function compareLocal(one: string, other: string): number {
  const [rank, otherRank] = [localRank(one), localRank(other)]
  if (rank !== otherRank) return rank - otherRank
  return rank === 2 ? compareDigits(one, other) : compareText(one, other)
}

function localRank(segment: string): number {
  if (segment === '') return 0
  return /^\d+$/.test(segment) ? 2 : 1
}
