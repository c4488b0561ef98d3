import type { GetDownloadUrlForLayerRequest, GetDownloadUrlForLayerResponse } from '@aws-sdk/client-ecr'
import { LayerInaccessibleError } from '../../core/errors.ts'
import { parseDigest } from '../../core/names/digest.ts'
import { findRepository } from '../../registry/find-repository.ts'
import { statBlob } from '../../registry/read-blob.ts'
import type { EcrAction } from './ecr-action.ts'
import { layersPrefix } from './layers-prefix.ts'
import { onRepository } from './permissions.ts'
import { requestedRepository } from './requested-repository.ts'

/**
 * Gives a URL that any HTTP client can fetch a layer from for an hour, without credentials, as long as the caller may. Only layers that an image of the
 * repository needs are given.
 *
 * @see Amazon ECR API reference, GetDownloadUrlForLayer
 */
export const getDownloadUrlForLayer: EcrAction<
  GetDownloadUrlForLayerRequest,
  GetDownloadUrlForLayerResponse
> = {
  operation: 'GetDownloadUrlForLayer',
  permissions: onRepository('ecr:GetDownloadUrlForLayer'),
  async run(input, call, { registry, tickets }) {
    const repository = requestedRepository(input, call)
    const digest = parseDigest(input.layerDigest, 'layerDigest')
    await statBlob(registry, repository, digest)
    const { id } = await findRepository(registry, repository)
    const referenced = await registry.metadata.blobLinks.isReferenced(id, digest)
    if (!referenced) throw new LayerInaccessibleError(repository, digest)
    const ticket = tickets.issue(repository, digest, call.caller)
    return { downloadUrl: `${call.endpoint}${layersPrefix}${digest}?ticket=${ticket}`, layerDigest: digest }
  },
}
