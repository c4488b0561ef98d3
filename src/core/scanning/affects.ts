import type { AffectedPackage, VersionEvent, VersionRange } from './advisory.ts'
import type { VersionOrder } from './versions/order.ts'

type Affected = Pick<AffectedPackage, 'ranges' | 'versions'>

/**
 * Whether a version has the fault.
 *
 * @see OSV schema, "affected[].ranges[].events": evaluation
 */
export function affects({ ranges, versions }: Affected, version: string, compare: VersionOrder): boolean {
  return (
    versions.some((listed) => compare(listed, version) === 0) ||
    ranges.some((range) => isInRange(range, version, compare))
  )
}

function isInRange(range: VersionRange, version: string, compare: VersionOrder): boolean {
  const limits = range.filter(({ type }) => type === 'limit')
  const isBeforeLimit = ({ version: limit }: VersionEvent) => limit === '*' || compare(version, limit) < 0
  if (limits.length > 0 && !limits.some(isBeforeLimit)) return false
  let affected = false
  for (const event of range.toSorted((one, other) => compareEvents(one, other, compare))) {
    if (isReached(event, version, compare)) affected = event.type === 'introduced'
  }
  return affected
}

function isReached({ type, version: at }: VersionEvent, version: string, compare: VersionOrder): boolean {
  if (type === 'limit') return false
  if (at === '0') return true
  return type === 'last_affected' ? compare(version, at) > 0 : compare(version, at) >= 0
}

function compareEvents(one: VersionEvent, other: VersionEvent, compare: VersionOrder): number {
  if (one.version === '0' || other.version === '0')
    return Number(other.version === '0') - Number(one.version === '0')
  return compare(one.version, other.version)
}

/** The first version after this one in which the fault is mended, where one is known. */
export function fixAfter({ ranges }: Affected, version: string, compare: VersionOrder): string | undefined {
  return ranges
    .flat()
    .filter(({ type, version: fixed }) => type === 'fixed' && compare(fixed, version) > 0)
    .map(({ version: fixed }) => fixed)
    .toSorted(compare)[0]
}
