import type { Finding } from '../../../core/scanning/finding.ts'
import type { ScanEnd } from '../scans.ts'
import { secondsAfterNoon } from './metadata-world.ts'

/** A finding in curl of the vulnerability of this number. */
export function vulnerability(number: number): Finding {
  return {
    name: `CVE-2026-${number}`,
    advisories: ['A'],
    severity: 'HIGH',
    cvss: [],
    format: 'dpkg',
    packageName: 'curl',
    packageVersion: '1',
    installed: [],
    firstObservedAt: 7,
  }
}

/** How a scan ends that has found a lot, but for these facts. */
export function scanEnd(facts: Partial<ScanEnd> = {}): ScanEnd {
  return {
    status: 'COMPLETE',
    description: 'done',
    completedAt: secondsAfterNoon(9),
    severityCounts: { HIGH: 250 },
    fingerprint: 'f',
    ...facts,
  }
}
