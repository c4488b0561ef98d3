import type { Image } from '../images/image.ts'
import { isManifestMediaType, manifestKind } from '../manifests/media-types.ts'
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

/** Whether a scan has been asked for and has not ended. */
export function isUnderWay({ status }: Pick<ImageScan, 'status'>): boolean {
  return status === 'PENDING' || status === 'IN_PROGRESS'
}

const imageConfigs: readonly (string | undefined)[] = [
  'application/vnd.oci.image.config.v1+json',
  'application/vnd.docker.container.image.v1+json',
]

/** Whether a manifest is a container image's, and not an index or another artifact: those have no packages of their own. */
export function isScannable({ mediaType, artifactType }: Pick<Image, 'mediaType' | 'artifactType'>): boolean {
  return (
    isManifestMediaType(mediaType) &&
    manifestKind(mediaType) === 'image' &&
    imageConfigs.includes(artifactType)
  )
}
