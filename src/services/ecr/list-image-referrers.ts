import type {
  ImageReferrer,
  ListImageReferrersRequest,
  ListImageReferrersResponse,
} from '@aws-sdk/client-ecr'
import { isDigest } from '../../core/names/digest.ts'
import { UpstreamReferrersError } from '../../core/pull-through/errors.ts'
import { findRepository } from '../../registry/find-repository.ts'
import { listReferrers, type Referrer } from '../../registry/list-referrers.ts'
import { refreshReferrers } from '../../registry/pull-through/refresh-referrers.ts'
import { troubleCode } from '../../registry/pull-through/upstream-trouble.ts'
import type { EcrAction } from './ecr-action.ts'
import { InvalidImageDigestError } from './image-id-errors.ts'
import { digestPattern } from './image-ids.ts'
import { importConsent } from './import-consent.ts'
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
  async run({ filter = {}, ...input }, call, context) {
    const { registry } = context
    const repository = requestedRepository(input, call)
    await findRepository(registry, repository)
    const { imageDigest } = input.subjectId
    if (!digestPattern.test(imageDigest)) throw new InvalidImageDigestError()
    const after = referrerPosition(call.pages)
    const { artifactTypes, artifactStatus = 'ACTIVE' } = filter
    // Nothing can refer to a digest that can't be pushed.
    if (!isDigest(imageDigest)) return { referrers: [] }
    await refreshed(registry, repository, imageDigest, importConsent(call, repository, context))
    const page = { artifactTypes, status: artifactStatus, after, limit: input.maxResults ?? referrersPerPage }
    const { referrers, next } = await listReferrers(registry, repository, imageDigest, page)
    return { referrers: referrers.map(shapeOf), nextToken: next && call.pages.next(next) }
  },
}

function shapeOf({ annotations, storage, ...referrer }: Referrer): ImageReferrer {
  return { ...referrer, ...(annotations && { annotations: { ...annotations } }), artifactStatus: storage }
}

/** What the upstream of the repository has to tell, if it has one. @throws UpstreamReferrersError when it doesn't tell */
async function refreshed(...asked: Parameters<typeof refreshReferrers>): Promise<void> {
  try {
    await refreshReferrers(...asked)
  } catch (error) {
    if (troubleCode(error) === undefined || !(error instanceof Error)) throw error
    throw new UpstreamReferrersError(error.message, { cause: error })
  }
}
