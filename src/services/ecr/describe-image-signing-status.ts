import type {
  DescribeImageSigningStatusRequest,
  DescribeImageSigningStatusResponse,
} from '@aws-sdk/client-ecr'
import { findRepository } from '../../registry/find-repository.ts'
import type { EcrAction } from './ecr-action.ts'
import { findImage } from './find-image.ts'
import { onRepository } from './permissions.ts'
import { requestedRepository } from './requested-repository.ts'

/**
 * How an image stands with each profile that was to sign it.
 *
 * @see Amazon ECR API reference, DescribeImageSigningStatus
 */
export const describeImageSigningStatus: EcrAction<
  DescribeImageSigningStatusRequest,
  DescribeImageSigningStatusResponse
> = {
  operation: 'DescribeImageSigningStatus',
  permissions: onRepository('ecr:DescribeImageSigningStatus'),
  async run(input, call, { registry }) {
    const repository = await findRepository(registry, requestedRepository(input, call))
    const { digest } = await findImage(registry.metadata, repository, input.imageId)
    const states = await registry.metadata.signing.states(repository.id, digest)
    return {
      registryId: repository.account,
      repositoryName: repository.name,
      imageId: { ...input.imageId, imageDigest: digest },
      signingStatuses: states.map(({ profile, status, failureCode, failureReason }) => ({
        signingProfileArn: profile,
        status,
        failureCode,
        failureReason,
      })),
    }
  },
}
