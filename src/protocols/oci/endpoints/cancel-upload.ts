import { cancelUpload as cancel } from '../../../registry/cancel-upload.ts'
import { apiVersion } from '../answers.ts'
import { onRepository, type RepositoryEndpoint } from '../endpoint.ts'

/** Gives an upload up; who may begin one may end it. @see Docker registry API, "Canceling an Upload" */
export const cancelUpload: RepositoryEndpoint = {
  permissions: onRepository('ecr:InitiateLayerUpload'),
  async answer({ repository, argument }, { registry }) {
    await cancel(registry, repository, argument)
    return { status: 204, headers: apiVersion }
  },
}
