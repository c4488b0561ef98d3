import { roleOfSession, withoutRolePath } from '../iam/role-of-session.ts'
import { fitsArn } from '../policies/arn-pattern.ts'
import { isFilled, readTemplate } from '../policies/template.ts'
import type { ScanStatus } from './image-scan.ts'
import { compareSeverity, type Severity, type SeverityCounts } from './severity.ts'

/** The severities a gate may be set to; the others say nothing of harm. */
export const gateSeverities = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'] as const

/** Which images of a repository can't be pulled. */
export interface PullGate {
  /** Those with a finding of this severity or a worse one, unless it is accepted. */
  readonly severity: (typeof gateSeverities)[number]
  /** What becomes of images of which no scan has anything to tell. */
  readonly unscanned: 'ALLOW' | 'REFUSE'
  /** Whom it doesn't stop: ARNs of principals, with `*` and `?`. */
  readonly exempt: readonly string[]
}

/**
 * Whether a gate lets a principal pull whatever there is: it fits one of the patterns itself, or it is a session of a role that does,
 * the role's path aside.
 */
export function isExempt({ exempt }: Pick<PullGate, 'exempt'>, principalArn: string): boolean {
  if (exempt.length === 0) return false
  const names = [principalArn, roleOfSession(principalArn)].filter((name) => name !== undefined)
  const patterns = exempt.map((each) =>
    readTemplate(withoutRolePath(each), { wildcards: true, variables: false }),
  )
  return patterns.some((pattern) =>
    names.some((name) => fitsArn(pattern.filter(isFilled), withoutRolePath(name))),
  )
}

/** Whether a severity is that of the gate or worse. */
export function isStopped(severity: Severity, gate: Pick<PullGate, 'severity'>): boolean {
  return compareSeverity(severity, gate.severity) <= 0
}

/** Whether counts tell of anything that a gate stops. */
export function hasStopped(counts: SeverityCounts, gate: Pick<PullGate, 'severity'>): boolean {
  return gateSeverities.some((severity) => isStopped(severity, gate) && (counts[severity] ?? 0) > 0)
}

/** Whether a scan tells what is wrong with an image, be it nothing. */
export function tellsFindings(status: ScanStatus | undefined): boolean {
  return status === 'COMPLETE' || status === 'ACTIVE'
}
