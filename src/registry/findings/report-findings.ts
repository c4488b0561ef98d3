import type { Image } from '../../core/images/image.ts'
import type { Digest } from '../../core/names/digest.ts'
import type { Repository } from '../../core/repositories/repository.ts'
import type { Acceptance } from '../../core/scanning/acceptance.ts'
import { ScanNotFoundError, UnsupportedImageTypeError } from '../../core/scanning/errors.ts'
import { type Finding, findingKey } from '../../core/scanning/finding.ts'
import { type ImageScan, isScannable, isUnderWay } from '../../core/scanning/image-scan.ts'
import { tellsFindings } from '../../core/scanning/pull-gate.ts'
import { compareSeverity } from '../../core/scanning/severity.ts'
import type { MetadataReader } from '../../stores/metadata/metadata-store.ts'
import type { Registry } from '../registry.ts'
import { findAcceptances } from './find-acceptances.ts'

/** More findings than an image has. */
const allFindings = 1_000_000

/** What scans say of one image, or of all images that an index lists. */
export interface FindingsReport {
  readonly state: ReportState
  readonly images: readonly ScannedImageState[]
  /** Worst first; one that several images of an index have is told once. */
  readonly findings: readonly ReportedFinding[]
}

/** `NOT_SCANNED` and `FAILED` when that is so of any image. */
export type ReportState = 'NOT_SCANNED' | 'IN_PROGRESS' | 'FAILED' | 'COMPLETE'

export interface ScannedImageState {
  readonly image: Image
  /** The latest scan; undefined where there was none. */
  readonly scan: ImageScan | undefined
}

export interface ReportedFinding extends Finding {
  readonly acceptance: Acceptance | undefined
  /** The images that have it. */
  readonly images: readonly Digest[]
}

/**
 * Tells what scans have found in an image. An index has what any of its images has.
 *
 * @throws UnsupportedImageTypeError for what is neither
 */
export async function reportFindings(
  registry: Registry,
  repository: Repository,
  image: Image,
): Promise<FindingsReport> {
  const images = await imagesToScan(registry, repository, image)
  const scans = await registry.metadata.scans.findMany(
    repository.id,
    images.map(({ digest }) => digest),
  )
  const scanOf = new Map(scans.map((scan) => [scan.digest, scan]))
  const states = images.map((each) => ({ image: each, scan: scanOf.get(each.digest) }))
  return { state: stateOf(states), images: states, findings: await findingsOf(registry, repository, scans) }
}

/** The same of an image whose scans have all ended well. @throws ScanNotFoundError, UnsupportedImageTypeError */
export async function reportScanned(
  registry: Registry,
  repository: Repository,
  image: Image,
): Promise<FindingsReport> {
  const report = await reportFindings(registry, repository, image)
  if (report.state === 'COMPLETE') return report
  throw new ScanNotFoundError(repository, { digest: image.digest })
}

/** The image itself, or those that an index lists. @throws UnsupportedImageTypeError where there is nothing to scan */
export async function imagesToScan(
  { metadata }: { readonly metadata: Pick<MetadataReader, 'images'> },
  { id }: Repository,
  image: Image,
): Promise<readonly Image[]> {
  if (isScannable(image)) return [image]
  const children = (await metadata.images.childrenOf(id, image.digest)).filter(isScannable)
  if (children.length === 0) throw new UnsupportedImageTypeError()
  return children
}

function stateOf(states: readonly ScannedImageState[]): ReportState {
  if (states.some(({ scan }) => scan !== undefined && isUnderWay(scan))) return 'IN_PROGRESS'
  if (states.some(({ scan }) => scan === undefined)) return 'NOT_SCANNED'
  return states.every(({ scan }) => tellsFindings(scan?.status)) ? 'COMPLETE' : 'FAILED'
}

async function findingsOf(
  registry: Registry,
  repository: Repository,
  scans: readonly ImageScan[],
): Promise<ReportedFinding[]> {
  const acceptances = await findAcceptances(registry, repository)
  const at = registry.now()
  const found = new Map<string, ReportedFinding>()
  for (const { digest, run } of scans) {
    const place = { repositoryId: repository.id, digest }
    const image = { repository: repository.name, digest }
    for (const finding of await registry.metadata.scans.findings(place, run, {
      from: 0,
      limit: allFindings,
    })) {
      const key = JSON.stringify([findingKey(finding), finding.packageVersion])
      const acceptance = acceptances.of(finding, image, at)
      const before = found.get(key)
      found.set(
        key,
        before ? alsoIn(before, digest, acceptance) : { ...finding, acceptance, images: [digest] },
      )
    }
  }
  return [...found.values()].toSorted((one, other) => compareSeverity(one.severity, other.severity))
}

/** Accepted is only what is accepted wherever it is. */
function alsoIn(
  finding: ReportedFinding,
  digest: Digest,
  acceptance: Acceptance | undefined,
): ReportedFinding {
  return {
    ...finding,
    acceptance: acceptance && finding.acceptance,
    images: [...finding.images, digest],
  }
}
