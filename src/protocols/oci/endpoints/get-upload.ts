import { uploadSize } from '../../../registry/upload-size.ts'
import { uploadAnswer } from '../answers.ts'
import { onRepository, type RepositoryEndpoint } from '../endpoint.ts'

/** How far an upload is, so that it can go on after a cut. @see distribution spec, "Pushing a blob in chunks" */
export const getUpload: RepositoryEndpoint = {
  permissions: onRepository('ecr:UploadLayerPart'),
  async answer({ repository, argument }, { registry }) {
    const size = await uploadSize(registry, repository, argument)
    return uploadAnswer(204, { repository, id: argument, size })
  },
}
