import { ownMember } from '../own-member.ts'

/** How bad a vulnerability is, in ECR's words, worst first. */
export const severities = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL', 'UNDEFINED'] as const

export type Severity = (typeof severities)[number]

export type CvssVersion = '4.0' | '3.1' | '3.0' | '2.0'

/** A CVSS vector and what it comes to. */
export interface CvssScore {
  readonly version: CvssVersion
  readonly vector: string
  /** 0 to 10. */
  readonly score: number
}

/** What an advisory says of how bad it is. */
export interface Rating {
  readonly cvss: readonly CvssScore[]
  /** The distribution's own word for it. */
  readonly word?: string | undefined
}

/** The words of Debian, Ubuntu, Red Hat and its kin, SUSE, GitHub. */
const words: Readonly<Record<string, Severity>> = {
  critical: 'CRITICAL',
  important: 'HIGH',
  high: 'HIGH',
  moderate: 'MEDIUM',
  medium: 'MEDIUM',
  low: 'LOW',
  negligible: 'INFORMATIONAL',
  unimportant: 'INFORMATIONAL',
  none: 'INFORMATIONAL',
}

/**
 * The distribution's word where it has one that means something, else what the newest CVSS vector comes to, else UNDEFINED.
 *
 * @see Amazon ECR user guide, "Scan images for OS vulnerabilities": severity of a finding
 */
export function severityOf({ cvss, word }: Rating): Severity {
  const spoken = word === undefined ? undefined : ownMember(words, word.toLowerCase())
  const newest = newestCvss(cvss)
  return spoken ?? (newest === undefined ? 'UNDEFINED' : severityOfScore(newest))
}

export function newestCvss(cvss: readonly CvssScore[]): CvssScore | undefined {
  return cvss.toSorted((one, other) => Number(other.version) - Number(one.version))[0]
}

/** @see CVSS v3.1 and v4.0, "Qualitative Severity Rating Scale"; for v2 that of the NVD, which has no "critical" */
function severityOfScore({ version, score }: CvssScore): Severity {
  if (score >= 9 && version !== '2.0') return 'CRITICAL'
  if (score >= 7) return 'HIGH'
  if (score >= 4) return 'MEDIUM'
  return score > 0 ? 'LOW' : 'INFORMATIONAL'
}

/** The worse one first. */
export function compareSeverity(one: Severity, other: Severity): number {
  return severities.indexOf(one) - severities.indexOf(other)
}

/** How many there are of each severity; none is not told. */
export type SeverityCounts = Partial<Record<Severity, number>>

export function countSeverities(findings: Iterable<{ readonly severity: Severity }>): SeverityCounts {
  const counts: SeverityCounts = {}
  for (const { severity } of findings) counts[severity] = (counts[severity] ?? 0) + 1
  return counts
}
