import type { Digest } from '../names/digest.ts'
import type { ScanType } from './scanning-configuration.ts'
import type { SeverityCounts } from './severity.ts'

/** How far the scan of an image is, or what became of it, in ECR's words. */
export type ScanStatus = 'PENDING' | 'IN_PROGRESS' | 'COMPLETE' | 'ACTIVE' | 'FAILED' | 'UNSUPPORTED_IMAGE'

/** The latest scan of one image. */
export interface ImageScan {
  readonly digest: Digest
  readonly type: ScanType
  readonly status: ScanStatus
  /** For people: why it failed, for one. */
  readonly description: string
  readonly startedAt: Date
  readonly completedAt?: Date
  /** When the advisories it went by were last updated. */
  readonly sourceUpdatedAt?: Date
  /** Counts up with each scan; findings belong to one. */
  readonly run: number
  readonly severityCounts: SeverityCounts
  /** Another for other findings. */
  readonly fingerprint: string
}
