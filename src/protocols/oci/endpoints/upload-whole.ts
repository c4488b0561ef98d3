import { cancelUpload } from '../../../registry/cancel-upload.ts'
import { finishUpload } from '../../../registry/finish-upload.ts'
import { startUpload } from '../../../registry/start-upload.ts'
import { blobCreatedAnswer } from '../answers.ts'
import { digestArgument } from '../digest-argument.ts'
import { onRepository, type RepositoryEndpoint } from '../endpoint.ts'

/**
 * Takes a whole blob in one request. If that fails nothing stays behind, since nobody knows the upload's id.
 *
 * @see distribution spec, "Pushing a blob monolithically", "Single POST"
 */
export const uploadWhole: RepositoryEndpoint = {
  permissions: onRepository('ecr:InitiateLayerUpload', 'ecr:UploadLayerPart', 'ecr:CompleteLayerUpload'),
  async answer({ http, repository, query }, { registry }) {
    const digests = [digestArgument(query.get('digest') ?? '')]
    const { id } = await startUpload(registry, repository)
    try {
      const { blob } = await finishUpload(registry, {
        repository,
        uploadId: id,
        digests,
        last: { body: http.body },
      })
      return blobCreatedAnswer(repository, blob)
    } catch (error) {
      await cancelUpload(registry, repository, id)
      throw error
    }
  },
}
