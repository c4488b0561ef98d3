import { startUpload as startIn } from '../../../registry/start-upload.ts'
import { uploadAnswer } from '../answers.ts'
import { onRepository, type RepositoryEndpoint } from '../endpoint.ts'

/** Begins an upload that PATCH and PUT go on with. @see distribution spec, "Pushing a blob monolithically", "POST then PUT" */
export const startUpload: RepositoryEndpoint = {
  permissions: onRepository('ecr:InitiateLayerUpload'),
  async answer({ caller, repository }, { registry }) {
    const { id } = await startIn(registry, repository, caller.arn)
    return uploadAnswer(202, { repository, id, size: 0 })
  },
}
