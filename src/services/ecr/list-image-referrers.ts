import type {
  ImageReferrer,
  ListImageReferrersRequest,
  ListImageReferrersResponse,
} from '@aws-sdk/client-ecr'
import { isDigest } from '../../core/names/digest.ts'
import { findRepository } from '../../registry/find-repository.ts'
import { listReferrers, type Referrer } from '../../registry/list-referrers.ts'
import type { EcrAction } from './ecr-action.ts'
import { InvalidImageDigestError } from './image-id-errors.ts'
import { digestPattern } from './image-ids.ts'
import { onRepository } from './permissions.ts'
import { referrerPosition } from './positions.ts'
import { requestedRepository } from './requested-repository.ts'

/** @see Amazon ECR API reference, ListImageReferrers, maxResults */
const referrersPerPage = 20

/**
 * Lists the artifacts that say they belong to an image, by digest, whether or not the image is here. A page may be short, and even
 * empty, while another follows.
 *
 * @see Amazon ECR API reference, ListImageReferrers
 */
export const listImageReferrers: EcrAction<ListImageReferrersRequest, ListImageReferrersResponse> = {
  operation: 'ListImageReferrers',
  permissions: onRepository('ecr:BatchGetImage'),
  async run({ filter = {}, ...input }, call, { registry }) {
    const repository = requestedRepository(input, call)
    await findRepository(registry, repository)
    const { imageDigest } = input.subjectId
    if (!digestPattern.test(imageDigest)) throw new InvalidImageDigestError()
    const after = referrerPosition(call.pages)
    const { artifactTypes, artifactStatus = 'ACTIVE' } = filter
    // Nothing can refer to a digest that can't be pushed.
    if (!isDigest(imageDigest)) return { referrers: [] }
    const page = { artifactTypes, status: artifactStatus, after, limit: input.maxResults ?? referrersPerPage }
    const { referrers, next } = await listReferrers(registry, repository, imageDigest, page)
    return { referrers: referrers.map(shapeOf), nextToken: next && call.pages.next(next) }
  },
}

function shapeOf({ annotations, storage, ...referrer }: Referrer): ImageReferrer {
  return { ...referrer, ...(annotations && { annotations: { ...annotations } }), artifactStatus: storage }
}
