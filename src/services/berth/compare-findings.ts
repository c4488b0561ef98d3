import { compareImages } from '../../registry/findings/compare-images.ts'
import type { Call } from '../service.ts'
import type { BerthAction } from './berth-action.ts'
import { findingShape } from './finding-shapes.ts'
import { onRepository } from './permissions.ts'
import { type ImageRequest, requestedImage } from './requested-image.ts'
import type { CompareFindingsRequest } from './shapes.ts'

const permissionsOf = onRepository('berth:CompareFindings', 'ecr:DescribeImageScanFindings')

/** What one image has of vulnerabilities that another hasn't. */
export const compareFindings: BerthAction<'CompareFindings'> = {
  operation: 'CompareFindings',
  permissions: (input, call: Call) => [...permissionsOf(input, call), ...permissionsOf(otherOf(input), call)],
  async run(input, call, { registry }) {
    const first = await requestedImage(registry, input, call)
    const second = await requestedImage(registry, otherOf(input), call)
    const { added, removed, kept } = await compareImages(registry, first, second)
    const now = registry.now()
    return {
      imageDigest: first.image.digest,
      otherImageDigest: second.image.digest,
      added: added.map((finding) => findingShape(finding, now)),
      removed: removed.map((finding) => findingShape(finding, now)),
      keptCount: kept.length,
    }
  },
}

function otherOf({
  registryId,
  repositoryName,
  otherRepositoryName,
  otherImageTag,
  otherImageDigest,
}: CompareFindingsRequest): ImageRequest {
  return {
    registryId,
    repositoryName: otherRepositoryName ?? repositoryName,
    imageTag: otherImageTag,
    imageDigest: otherImageDigest,
  }
}
