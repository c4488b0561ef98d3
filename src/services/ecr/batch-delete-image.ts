import type { BatchDeleteImageRequest, BatchDeleteImageResponse, ImageFailure } from '@aws-sdk/client-ecr'
import type { RepositoryKey } from '../../core/names/registry-key.ts'
import { deleteImages } from '../../registry/delete-images.ts'
import type { Checked } from '../checked.ts'
import type { EcrAction } from './ecr-action.ts'
import { imageFailure } from './image-failures.ts'
import { readImageId } from './image-ids.ts'
import { onRepository } from './permissions.ts'
import { requestedRepository } from './requested-repository.ts'

type ImageIds = Checked<BatchDeleteImageRequest>['imageIds']

/**
 * Deletes images: by tag the tag alone, unless it is the last; by digest the image with all its tags. Each image that can't go is
 * a row of `failures`; the others go nevertheless.
 *
 * @see Amazon ECR API reference, BatchDeleteImage
 */
export const batchDeleteImage: EcrAction<BatchDeleteImageRequest, BatchDeleteImageResponse> = {
  operation: 'BatchDeleteImage',
  permissions: onRepository('ecr:BatchDeleteImage'),
  async run(input, call, { registry }) {
    const repository = requestedRepository(input, call)
    const { readable, failures } = readImageIds(input.imageIds, repository)
    const images = readable.map(({ image }) => image)
    const deletions = await deleteImages(registry, repository, images, {
      lastTag: 'deletes-image',
      cause: { actor: call.caller.arn, reason: 'batch-delete-image' },
    })
    const outcomes = readable.map(({ imageId }, index) => ({ imageId, ...deletions[index] }))
    const deleted = outcomes.flatMap((outcome) => ('deleted' in outcome ? outcome.deleted : []))
    const refused = outcomes.flatMap((outcome) =>
      'refused' in outcome ? imageFailure(outcome.imageId, outcome.refused) : [],
    )
    return {
      imageIds: deleted.map(({ digest, tag }) => ({ imageDigest: digest, imageTag: tag })),
      failures: [...failures, ...refused],
    }
  },
}

function readImageIds(imageIds: ImageIds, repository: RepositoryKey) {
  const failures: ImageFailure[] = []
  const readable = imageIds.flatMap((imageId) => {
    try {
      return [{ imageId, image: readImageId(imageId, repository) }]
    } catch (error) {
      failures.push(imageFailure(imageId, error))
      return []
    }
  })
  return { readable, failures }
}
