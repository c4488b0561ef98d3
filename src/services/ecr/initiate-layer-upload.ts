import type { InitiateLayerUploadRequest, InitiateLayerUploadResponse } from '@aws-sdk/client-ecr'
import { creationPermissions } from '../../access/creation-permissions.ts'
import { makePlannedRepository } from '../../registry/make-planned-repository.ts'
import { planRepository } from '../../registry/plan-repository.ts'
import { startUpload } from '../../registry/start-upload.ts'
import type { EcrAction } from './ecr-action.ts'
import { repositoryPermission } from './permissions.ts'
import { requestedRepository } from './requested-repository.ts'

// Advice to the client: ECR's quota for a layer part.
const partSize = 10 * 1024 * 1024

/**
 * Starts the upload of a layer in parts, in a repository that is made for it where a template says so.
 *
 * @see Amazon ECR API reference, InitiateLayerUpload
 */
export const initiateLayerUpload: EcrAction<InitiateLayerUploadRequest, InitiateLayerUploadResponse> = {
  operation: 'InitiateLayerUpload',
  async permissions(input, call, { registry }) {
    const repository = requestedRepository(input, call)
    const upload = repositoryPermission('ecr:InitiateLayerUpload', repository)
    const plan = await planRepository(registry, 'CREATE_ON_PUSH', repository)
    return plan ? [upload, ...creationPermissions(repository, plan.resourceTags)] : [upload]
  },
  async run(input, call, { registry }) {
    const repository = requestedRepository(input, call)
    const plan = await planRepository(registry, 'CREATE_ON_PUSH', repository)
    if (plan) await makePlannedRepository(registry, plan)
    const { id } = await startUpload(registry, repository, call.caller.arn)
    return { uploadId: id, partSize }
  },
}
