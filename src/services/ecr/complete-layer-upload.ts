import type { CompleteLayerUploadRequest, CompleteLayerUploadResponse } from '@aws-sdk/client-ecr'
import { LayerAlreadyExistsError } from '../../core/images/layer-errors.ts'
import { parseDigest } from '../../core/names/digest.ts'
import { completeLayerUpload as complete } from '../../registry/complete-layer-upload.ts'
import type { EcrAction } from './ecr-action.ts'
import { onRepository } from './permissions.ts'
import { requestedRepository } from './requested-repository.ts'

/**
 * Makes the parts received a layer of the repository, if any of the digests given is theirs. A layer that the repository had
 * already is refused, and is there as before.
 *
 * @see Amazon ECR API reference, CompleteLayerUpload
 */
export const completeLayerUpload: EcrAction<CompleteLayerUploadRequest, CompleteLayerUploadResponse> = {
  operation: 'CompleteLayerUpload',
  permissions: onRepository('ecr:CompleteLayerUpload'),
  async run(input, call, { registry }) {
    const repository = requestedRepository(input, call)
    const { uploadId } = input
    const digests = input.layerDigests.map((digest) => parseDigest(digest, 'layerDigests'))
    const { blob, known } = await complete(registry, { repository, uploadId, digests })
    if (known) throw new LayerAlreadyExistsError(repository, blob.digest)
    return {
      registryId: repository.account,
      repositoryName: repository.name,
      uploadId,
      layerDigest: blob.digest,
    }
  },
}
