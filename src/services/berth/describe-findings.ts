import type { Repository } from '../../core/repositories/repository.ts'
import { countSeverities } from '../../core/scanning/severity.ts'
import { leaveOutAccepted } from '../../registry/findings/leave-out-accepted.ts'
import { reportFindings, type ScannedImageState } from '../../registry/findings/report-findings.ts'
import type { Registry } from '../../registry/registry.ts'
import { invalidNextToken } from '../next-token.ts'
import type { Pages } from '../service.ts'
import type { BerthAction } from './berth-action.ts'
import { countsShape, findingShape } from './finding-shapes.ts'
import { onRepository } from './permissions.ts'
import { requestedImage } from './requested-image.ts'
import type { ScannedImage } from './shapes.ts'

const defaultPageSize = 100

/** What scans have found in an image, or in those that an index lists. */
export const describeFindings: BerthAction<'DescribeFindings'> = {
  operation: 'DescribeFindings',
  permissions: onRepository('berth:DescribeFindings', 'ecr:DescribeImageScanFindings'),
  async run(input, call, { registry }) {
    const { repository, image } = await requestedImage(registry, input, call)
    const { state, images, findings } = await reportFindings(registry, repository, image)
    const runs = images.map(({ scan }) => scan?.run ?? 0).join()
    const from = readPosition(call.pages, runs)
    const to = from + (input.maxResults ?? defaultPageSize)
    const open = findings.filter(({ acceptance }) => acceptance === undefined)
    const now = registry.now()
    return {
      imageDigest: image.digest,
      state,
      severityCounts: countsShape(countSeverities(open)),
      acceptedCount: findings.length - open.length,
      images: await imageShapes(registry, repository, images),
      findings: findings.slice(from, to).map((finding) => findingShape(finding, now)),
      nextToken: to < findings.length ? call.pages.next([runs, to]) : undefined,
    }
  },
}

/** @throws InvalidParameterError at `nextToken`, also when an image was scanned again meanwhile */
function readPosition({ position }: Pages, runs: string): number {
  if (position === undefined) return 0
  const [of, from]: unknown[] = Array.isArray(position) ? position : []
  if (of === runs && typeof from === 'number') return from
  throw invalidNextToken()
}

async function imageShapes(
  registry: Registry,
  repository: Repository,
  states: readonly ScannedImageState[],
): Promise<ScannedImage[]> {
  const scans = await leaveOutAccepted(
    registry,
    repository,
    states.flatMap(({ scan }) => scan ?? []),
  )
  const scanOf = new Map(scans.map((scan) => [scan.digest, scan]))
  return states.map(({ image: { digest } }) => {
    const scan = scanOf.get(digest)
    return {
      imageDigest: digest,
      status: scan?.status,
      description: scan?.description || undefined,
      completedAt: scan?.completedAt,
      vulnerabilitySourceUpdatedAt: scan?.sourceUpdatedAt,
      severityCounts: countsShape(scan?.severityCounts ?? {}),
    }
  })
}
