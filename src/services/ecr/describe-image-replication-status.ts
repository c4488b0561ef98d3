import type {
  DescribeImageReplicationStatusRequest,
  DescribeImageReplicationStatusResponse,
} from '@aws-sdk/client-ecr'
import { findRepository } from '../../registry/find-repository.ts'
import type { EcrAction } from './ecr-action.ts'
import { findImage } from './find-image.ts'
import { onRepository } from './permissions.ts'
import { requestedRepository } from './requested-repository.ts'

/**
 * How an image stands with each registry that it was to be replicated to.
 *
 * @see Amazon ECR API reference, DescribeImageReplicationStatus
 */
export const describeImageReplicationStatus: EcrAction<
  DescribeImageReplicationStatusRequest,
  DescribeImageReplicationStatusResponse
> = {
  operation: 'DescribeImageReplicationStatus',
  permissions: onRepository('ecr:DescribeImageReplicationStatus'),
  async run(input, call, { registry }) {
    const repository = await findRepository(registry, requestedRepository(input, call))
    const { digest } = await findImage(registry.metadata, repository, input.imageId)
    const states = await registry.metadata.replication.states(repository.id, digest)
    return {
      repositoryName: repository.name,
      imageId: { ...input.imageId, imageDigest: digest },
      replicationStatuses: states.map(({ destination, status, failureCode }) => ({
        region: destination.region,
        registryId: destination.account,
        status,
        ...(failureCode !== undefined && { failureCode }),
      })),
    }
  },
}
