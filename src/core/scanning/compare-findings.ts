import { type Finding, findingKey } from './finding.ts'

/** What one image has of vulnerabilities that another hasn't. */
export interface FindingsComparison<Found extends Finding> {
  /** Only in the second image. */
  readonly added: readonly Found[]
  /** Only in the first. */
  readonly removed: readonly Found[]
  /** In both, as the second has them. */
  readonly kept: readonly Found[]
}

/** Compares two images' findings. The same vulnerability of the same package is the same finding, whatever the package's version. */
export function compareFindings<Found extends Finding>(
  first: readonly Found[],
  second: readonly Found[],
): FindingsComparison<Found> {
  const [before, after] = [keysOf(first), keysOf(second)]
  return {
    added: second.filter((finding) => !before.has(findingKey(finding))),
    removed: first.filter((finding) => !after.has(findingKey(finding))),
    kept: second.filter((finding) => before.has(findingKey(finding))),
  }
}

function keysOf(findings: readonly Finding[]): ReadonlySet<string> {
  return new Set(findings.map(findingKey))
}
