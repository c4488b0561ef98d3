import { appendToUpload as appendTo } from '../../../registry/append-to-upload.ts'
import { uploadAnswer } from '../answers.ts'
import { readChunk } from '../chunk.ts'
import { onRepository, type RepositoryEndpoint } from '../endpoint.ts'
import { withUploadPlace } from '../upload-place.ts'

/** Takes the next bytes of an upload, streamed or as a chunk. @see distribution spec, "Pushing a blob in chunks" */
export const appendToUpload: RepositoryEndpoint = {
  permissions: onRepository('ecr:UploadLayerPart'),
  async answer({ http, repository, argument }, { registry }) {
    const bytes = { repository, uploadId: argument, ...readChunk(http) }
    const size = await withUploadPlace(repository, argument, () => appendTo(registry, bytes))
    return uploadAnswer(202, { repository, id: argument, size })
  },
}
