import type { GetDownloadUrlForLayerRequest, GetDownloadUrlForLayerResponse } from '@aws-sdk/client-ecr'
import { LayerInaccessibleError, LayerNotFoundError } from '../../core/images/layer-errors.ts'
import { type Digest, parseDigest } from '../../core/names/digest.ts'
import type { RepositoryKey } from '../../core/names/registry-key.ts'
import { findRepository } from '../../registry/find-repository.ts'
import { findPullableBlob } from '../../registry/pull-through/pull-blob.ts'
import { statBlob } from '../../registry/read-blob.ts'
import type { Registry } from '../../registry/registry.ts'
import type { EcrAction } from './ecr-action.ts'
import { importConsent } from './import-consent.ts'
import { layersPrefix } from './layers-prefix.ts'
import { onRepository } from './permissions.ts'
import { requestedRepository } from './requested-repository.ts'

/**
 * Gives a URL that any HTTP client can fetch a layer from for an hour, without credentials, as long as the caller may. Only layers that an image of the
 * repository needs are given; one that its upstream has yet is brought when the URL is fetched.
 *
 * @see Amazon ECR API reference, GetDownloadUrlForLayer
 */
export const getDownloadUrlForLayer: EcrAction<
  GetDownloadUrlForLayerRequest,
  GetDownloadUrlForLayerResponse
> = {
  operation: 'GetDownloadUrlForLayer',
  permissions: onRepository('ecr:GetDownloadUrlForLayer'),
  async run(input, call, context) {
    const { registry, tickets } = context
    const repository = requestedRepository(input, call)
    const digest = parseDigest(input.layerDigest, 'layerDigest')
    const pullable = await findPullableBlob(registry, repository, digest)
    if (pullable === undefined) await requireLayer(registry, repository, digest)
    else if (!(await importConsent(call, repository, context).mayImport())) {
      throw new LayerNotFoundError(repository, digest)
    }
    const ticket = tickets.issue(repository, digest, call.caller)
    return { downloadUrl: `${call.endpoint}${layersPrefix}${digest}?ticket=${ticket}`, layerDigest: digest }
  },
}

async function requireLayer(registry: Registry, repository: RepositoryKey, digest: Digest): Promise<void> {
  await statBlob(registry, repository, digest)
  const { id } = await findRepository(registry, repository)
  const referenced = await registry.metadata.blobLinks.isReferenced(id, digest)
  if (!referenced) throw new LayerInaccessibleError(repository, digest)
}
