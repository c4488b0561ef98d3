import type { Image } from '../../core/images/image.ts'
import type { Repository } from '../../core/repositories/repository.ts'
import { compareFindings, type FindingsComparison } from '../../core/scanning/compare-findings.ts'
import type { Registry } from '../registry.ts'
import { type ReportedFinding, reportScanned } from './report-findings.ts'

/** An image and the repository it is in. */
export interface PlacedImage {
  readonly repository: Repository
  readonly image: Image
}

/**
 * Tells what the second of two images, or indexes, has of vulnerabilities that the first hasn't, and the other way round.
 *
 * @throws ScanNotFoundError where a scan hasn't ended well, UnsupportedImageTypeError
 */
export async function compareImages(
  registry: Registry,
  first: PlacedImage,
  second: PlacedImage,
): Promise<FindingsComparison<ReportedFinding>> {
  const [before, after] = await Promise.all([
    reportScanned(registry, first.repository, first.image),
    reportScanned(registry, second.repository, second.image),
  ])
  return compareFindings(before.findings, after.findings)
}
