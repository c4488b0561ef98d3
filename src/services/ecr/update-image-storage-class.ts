import type { UpdateImageStorageClassRequest, UpdateImageStorageClassResponse } from '@aws-sdk/client-ecr'
import { findRepository } from '../../registry/find-repository.ts'
import { updateStorageClass } from '../../registry/update-storage-class.ts'
import type { EcrAction } from './ecr-action.ts'
import { findImage } from './find-image.ts'
import { onRepository } from './permissions.ts'
import { requestedRepository } from './requested-repository.ts'

/**
 * Archives an image, or has an archived one restored.
 *
 * @see Amazon ECR API reference, UpdateImageStorageClass
 */
export const updateImageStorageClass: EcrAction<
  UpdateImageStorageClassRequest,
  UpdateImageStorageClassResponse
> = {
  operation: 'UpdateImageStorageClass',
  permissions: onRepository('ecr:UpdateImageStorageClass'),
  async run(input, call, { registry }) {
    const repository = await findRepository(registry, requestedRepository(input, call))
    const { digest } = await findImage(registry.metadata, repository, input.imageId)
    const change = { digest, target: input.targetStorageClass }
    const imageStatus = await updateStorageClass(registry, repository, change)
    return {
      registryId: repository.account,
      repositoryName: repository.name,
      imageId: { imageDigest: digest, imageTag: input.imageId.imageTag },
      imageStatus,
    }
  },
}
