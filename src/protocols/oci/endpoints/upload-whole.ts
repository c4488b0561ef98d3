import { UploadNotFoundError } from '../../../core/images/upload-errors.ts'
import type { RepositoryKey } from '../../../core/names/registry-key.ts'
import { cancelUpload } from '../../../registry/cancel-upload.ts'
import { finishUpload } from '../../../registry/finish-upload.ts'
import type { Registry } from '../../../registry/registry.ts'
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
  async answer({ http, caller, repository, query }, { registry }) {
    const digests = [digestArgument(query.get('digest') ?? '')]
    const { id } = await startUpload(registry, repository, caller.arn)
    try {
      const { blob } = await finishUpload(registry, {
        repository,
        uploadId: id,
        digests,
        last: { body: http.body },
      })
      return blobCreatedAnswer(repository, blob)
    } catch (error) {
      await drop(registry, repository, id)
      throw error
    }
  },
}

/** Its bytes may have become a blob before the failure: then there is nothing to drop. */
async function drop(registry: Registry, repository: RepositoryKey, id: string): Promise<void> {
  try {
    await cancelUpload(registry, repository, id)
  } catch (error) {
    if (!(error instanceof UploadNotFoundError)) throw error
  }
}
