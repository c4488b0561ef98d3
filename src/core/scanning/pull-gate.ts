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
