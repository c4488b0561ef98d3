import type { PutImageRequest, PutImageResponse } from '@aws-sdk/client-ecr'
import { ImageAlreadyExistsError, ImageTagAlreadyExistsError } from '../../core/images/errors.ts'
import { parseDigest } from '../../core/names/digest.ts'
import type { RepositoryKey } from '../../core/names/registry-key.ts'
import { parseTag, type Tag } from '../../core/names/tag.ts'
import { type ManifestPut, putManifest } from '../../registry/put-manifest.ts'
import type { EcrAction } from './ecr-action.ts'
import { onRepository } from './permissions.ts'
import { requestedRepository } from './requested-repository.ts'

/**
 * Stores a manifest, or gives one that is stored already another tag. What is so already is refused, where the registry's own
 * door (`/v2/`) takes it for a success.
 *
 * @see Amazon ECR API reference, PutImage
 */
export const putImage: EcrAction<PutImageRequest, PutImageResponse> = {
  operation: 'PutImage',
  permissions: onRepository('ecr:PutImage'),
  async run(input, call, { registry }) {
    const repository = requestedRepository(input, call)
    const tag = input.imageTag === undefined ? undefined : parseTag(input.imageTag)
    const put = await putManifest(registry, {
      cause: { actor: call.caller.arn, reason: 'put-image' },
      repository,
      content: Buffer.from(input.imageManifest),
      mediaType: input.imageManifestMediaType,
      tags: tag === undefined ? [] : [tag],
      digest: input.imageDigest === undefined ? undefined : parseDigest(input.imageDigest),
    })
    refuseUnchanged(repository, tag, put)
    return {
      image: {
        registryId: repository.account,
        repositoryName: repository.name,
        imageId: { imageDigest: put.image.digest, imageTag: tag },
        imageManifest: input.imageManifest,
        imageManifestMediaType: put.image.mediaType,
      },
    }
  },
}

/** @throws ImageTagAlreadyExistsError, ImageAlreadyExistsError when the push changed nothing */
function refuseUnchanged(
  repository: RepositoryKey,
  tag: Tag | undefined,
  { image, outcome, immutable }: ManifestPut,
): void {
  if (outcome !== 'unchanged') return
  if (tag !== undefined && immutable !== undefined) {
    throw new ImageTagAlreadyExistsError(repository, tag, immutable)
  }
  throw new ImageAlreadyExistsError(repository, image.digest, tag)
}
