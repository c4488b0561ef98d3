import { finishUpload as finish } from '../../../registry/finish-upload.ts'
import { blobCreatedAnswer } from '../answers.ts'
import { hasBody, readChunk } from '../chunk.ts'
import { digestArgument } from '../digest-argument.ts'
import { onRepository, type RepositoryEndpoint } from '../endpoint.ts'
import { withUploadPlace } from '../upload-place.ts'

/** Takes an upload's last bytes, if any, and makes it a blob. @see distribution spec, "Pushing a blob in chunks", "POST then PUT" */
export const finishUpload: RepositoryEndpoint = {
  permissions: onRepository('ecr:UploadLayerPart', 'ecr:CompleteLayerUpload'),
  async answer({ http, repository, argument, query }, { registry }) {
    const digests = [digestArgument(query.get('digest') ?? '')]
    const last = hasBody(http) ? readChunk(http) : undefined
    const { blob } = await withUploadPlace(repository, argument, () =>
      finish(registry, { repository, uploadId: argument, digests, last }),
    )
    return blobCreatedAnswer(repository, blob)
  },
}
