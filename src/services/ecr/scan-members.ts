import type { ImageDetail, ImageScanFindingsSummary, ImageScanStatus } from '@aws-sdk/client-ecr'
import type { Image } from '../../core/images/image.ts'
import type { ImageScan } from '../../core/scanning/image-scan.ts'

/** How far the scan of an image is; what is archived has none. */
export function scanStatus({ storage }: Image, scan: ImageScan | undefined): ImageScanStatus {
  if (storage !== 'ACTIVE' || scan === undefined)
    return { status: 'IMAGE_ARCHIVED', description: 'The image is archived.' }
  return { status: scan.status, ...(scan.description !== '' && { description: scan.description }) }
}

/** When a scan ended, how new the advisories were, and what it has found in numbers. */
export function scanFacts({
  completedAt,
  sourceUpdatedAt,
  severityCounts,
}: ImageScan): ImageScanFindingsSummary {
  return {
    imageScanCompletedAt: completedAt,
    vulnerabilitySourceUpdatedAt: sourceUpdatedAt,
    findingSeverityCounts: severityCounts,
  }
}

/** Whether a scan has ended well, so that what it has found can be told, be it nothing. */
export function hasFindings({ storage }: Image, { status }: ImageScan): boolean {
  return storage === 'ACTIVE' && (status === 'COMPLETE' || status === 'ACTIVE')
}

/** What DescribeImages says of an image's scan: nothing, where there was none. */
export function scanMembers(
  image: Image,
  scan: ImageScan | undefined,
): Pick<ImageDetail, 'imageScanStatus' | 'imageScanFindingsSummary'> {
  if (scan === undefined || image.storage !== 'ACTIVE') return {}
  return {
    imageScanStatus: scanStatus(image, scan),
    ...(hasFindings(image, scan) && { imageScanFindingsSummary: scanFacts(scan) }),
  }
}
