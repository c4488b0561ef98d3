import { type Acceptance, isExpired } from '../../core/scanning/acceptance.ts'
import type { SeverityCounts } from '../../core/scanning/severity.ts'
import type { ReportedFinding } from '../../registry/findings/report-findings.ts'
import type { Acceptance as AcceptanceShape, SeverityCounts as CountsShape, ImageFinding } from './shapes.ts'

/** A finding as responses show it. */
export function findingShape(finding: ReportedFinding, now: Date): ImageFinding {
  const { name, severity, packageName, packageVersion, format, fixedIn, firstObservedAt, images } = finding
  return {
    vulnerabilityName: name,
    severity,
    packageName,
    packageVersion,
    packageFormat: format,
    fixedInVersion: fixedIn,
    firstObservedAt: new Date(firstObservedAt),
    images,
    acceptance: finding.acceptance && acceptanceShape(finding.acceptance, now),
  }
}

/** An acceptance as responses show it. */
export function acceptanceShape(acceptance: Acceptance, now: Date): AcceptanceShape {
  const { vulnerability, repository, digest, packageName, status, reason, justification, expiresAt } =
    acceptance
  return {
    vulnerabilityName: vulnerability,
    repositoryName: repository,
    imageDigest: digest,
    packageName,
    status,
    reason,
    justification,
    expiresAt,
    acceptedBy: acceptance.by,
    acceptedAt: acceptance.at,
    expired: isExpired(acceptance, now),
  }
}

/** Severities without findings are left out. */
export function countsShape(counts: SeverityCounts): CountsShape {
  return { ...counts }
}
