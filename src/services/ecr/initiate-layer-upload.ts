import type { InitiateLayerUploadRequest, InitiateLayerUploadResponse } from '@aws-sdk/client-ecr'
import { startUpload } from '../../registry/start-upload.ts'
import type { EcrAction } from './ecr-action.ts'
import { onRepository } from './permissions.ts'
import { requestedRepository } from './requested-repository.ts'

// Advice to the client: ECR's quota for a layer part.
const partSize = 10 * 1024 * 1024

/**
 * Starts the upload of a layer in parts.
 *
 * @see Amazon ECR API reference, InitiateLayerUpload
 */
export const initiateLayerUpload: EcrAction<InitiateLayerUploadRequest, InitiateLayerUploadResponse> = {
  operation: 'InitiateLayerUpload',
  permissions: onRepository('ecr:InitiateLayerUpload'),
  async run(input, call, { registry }) {
    const { id } = await startUpload(registry, requestedRepository(input, call), call.caller.arn)
    return { uploadId: id, partSize }
  },
}
