import type {
  DescribeImageScanFindingsRequest,
  DescribeImageScanFindingsResponse,
  ImageScanFindings,
} from '@aws-sdk/client-ecr'
import type { Image } from '../../core/images/image.ts'
import type { Repository } from '../../core/repositories/repository.ts'
import { ScanNotFoundError } from '../../core/scanning/errors.ts'
import type { Finding } from '../../core/scanning/finding.ts'
import type { ImageScan } from '../../core/scanning/image-scan.ts'
import { findRepository } from '../../registry/find-repository.ts'
import { enhancedFinding } from '../../registry/findings/enhanced-finding.ts'
import { findAcceptances } from '../../registry/findings/find-acceptances.ts'
import { leaveOutAccepted } from '../../registry/findings/leave-out-accepted.ts'
import type { Registry } from '../../registry/registry.ts'
import type { Checked } from '../checked.ts'
import { invalidNextToken } from '../next-token.ts'
import type { Call, Pages } from '../service.ts'
import type { EcrAction } from './ecr-action.ts'
import { findImage } from './find-image.ts'
import { onRepository } from './permissions.ts'
import { defaultPageSize } from './positions.ts'
import { requestedRepository } from './requested-repository.ts'
import { basicFinding } from './scan-finding.ts'
import { hasFindings, scanFacts, scanStatus } from './scan-members.ts'

type Input = Checked<DescribeImageScanFindingsRequest>

/**
 * What the latest scan of an image has found, worst first, once it has ended.
 *
 * @see Amazon ECR API reference, DescribeImageScanFindings
 */
export const describeImageScanFindings: EcrAction<
  DescribeImageScanFindingsRequest,
  DescribeImageScanFindingsResponse
> = {
  operation: 'DescribeImageScanFindings',
  permissions: onRepository('ecr:DescribeImageScanFindings'),
  async run(input, call, { registry }) {
    const { metadata } = registry
    const repository = await findRepository(registry, requestedRepository(input, call))
    const image = await findImage(metadata, repository, input.imageId)
    const { imageTag } = input.imageId
    const found = await metadata.scans.find(repository.id, image.digest)
    const [scan] = found ? await leaveOutAccepted(registry, repository, [found]) : []
    if (image.storage === 'ACTIVE' && scan === undefined)
      throw new ScanNotFoundError(repository, { digest: image.digest, tag: imageTag })
    const findings =
      scan &&
      hasFindings(image, scan) &&
      (await readFindings(registry, repository, image, scan, { input, call }))
    return {
      registryId: repository.account,
      repositoryName: repository.name,
      imageId: { imageDigest: image.digest, imageTag },
      imageScanStatus: scanStatus(image, scan),
      ...findings,
    }
  },
}

async function readFindings(
  registry: Registry,
  repository: Repository,
  image: Image,
  scan: ImageScan,
  { input, call }: { readonly input: Input; readonly call: Call },
): Promise<{ readonly imageScanFindings: ImageScanFindings; readonly nextToken: string | undefined }> {
  const { metadata } = registry
  const from = readPosition(call.pages, scan.run)
  const size = input.maxResults ?? defaultPageSize
  const place = { repositoryId: repository.id, digest: image.digest }
  const found = await metadata.scans.findings(place, scan.run, { from, limit: size + 1 })
  const rows = found.slice(0, size)
  const ids = new Set(rows.flatMap(({ advisories }) => advisories.slice(0, 1)))
  const words = new Map((await metadata.advisories.words([...ids])).map((each) => [each.id, each]))
  const wordsOf = (advisories: readonly string[]) => words.get(advisories[0] ?? '')
  const acceptances = await findAcceptances(registry, repository)
  const now = registry.now()
  const acceptanceOf = (row: Finding) =>
    acceptances.of(row, { repository: repository.name, digest: image.digest }, now)
  const tags = (await metadata.tags.ofImages(repository.id, [image.digest])).get(image.digest) ?? []
  const use = await metadata.imageUses.of(repository, image.digest)
  const findings =
    scan.type === 'BASIC'
      ? { findings: rows.map((row) => basicFinding(row, wordsOf(row.advisories), acceptanceOf(row))) }
      : {
          enhancedFindings: rows.map((row) =>
            enhancedFinding(row, wordsOf(row.advisories), {
              repository,
              image,
              tags,
              observedAt: scan.completedAt,
              use,
              now,
              status: acceptanceOf(row) === undefined ? 'ACTIVE' : 'SUPPRESSED',
            }),
          ),
        }
  return {
    imageScanFindings: { ...scanFacts(scan), ...findings },
    nextToken: found.length > rows.length ? call.pages.next([scan.run, from + rows.length]) : undefined,
  }
}

/** @throws InvalidParameterError at `nextToken`, also when the image was scanned again meanwhile */
function readPosition({ position }: Pages, run: number): number {
  if (position === undefined) return 0
  const [of, from]: unknown[] = Array.isArray(position) ? position : []
  if (of === run && typeof from === 'number') return from
  throw invalidNextToken()
}
