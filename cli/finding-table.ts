import type { Acceptance, ImageFinding, SeverityCounts } from '../src/services/berth/shapes.ts'
import { formatTime } from './format.ts'
import { table } from './table.ts'

/** Severities, worst first. */
export const severities = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL', 'UNDEFINED'] as const

export type Severity = (typeof severities)[number]

/** Findings as a table for people. */
export function findingTable(findings: readonly ImageFinding[]): string {
  return table(
    ['SEVERITY', 'VULNERABILITY', 'PACKAGE', 'VERSION', 'FIXED IN', 'ACCEPTED'],
    findings.map(({ severity, vulnerabilityName, packageName, packageVersion, ...finding }) => [
      severity,
      vulnerabilityName,
      packageName,
      packageVersion,
      finding.fixedInVersion ?? '-',
      acceptedText(finding.acceptance),
    ]),
  )
}

/** Why something is accepted, and until when; `-` where it isn't. */
export function acceptedText(acceptance: Acceptance | undefined): string {
  if (acceptance === undefined) return '-'
  const { reason, expiresAt } = acceptance
  return expiresAt === undefined ? reason : `${reason} (until ${formatTime(expiresAt)})`
}

/** `2 CRITICAL, 14 HIGH`, or `none`. */
export function countsText(counts: SeverityCounts): string {
  const parts = severities.flatMap((severity) =>
    counts[severity] ? [`${counts[severity]} ${severity}`] : [],
  )
  return parts.join(', ') || 'none'
}
