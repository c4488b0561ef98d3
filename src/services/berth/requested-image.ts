import type { Image } from '../../core/images/image.ts'
import type { Repository } from '../../core/repositories/repository.ts'
import { findRepository } from '../../registry/find-repository.ts'
import type { Registry } from '../../registry/registry.ts'
import { findImage } from '../ecr/find-image.ts'
import { type RepositoryRequest, requestedRepository } from '../ecr/requested-repository.ts'
import type { Call } from '../service.ts'

/** The members that name an image. */
export interface ImageRequest extends RepositoryRequest {
  readonly imageTag?: string | undefined
  readonly imageDigest?: string | undefined
}

/**
 * The image that a request means, and the repository it is in.
 *
 * @throws RepositoryNotFoundError, ImageNotFoundError, MissingDigestAndTagError, and what is wrong with a digest or tag
 */
export async function requestedImage(
  registry: Registry,
  request: ImageRequest,
  call: Call,
): Promise<{ readonly repository: Repository; readonly image: Image }> {
  const repository = await findRepository(registry, requestedRepository(request, call))
  const { imageDigest, imageTag } = request
  const imageId = { ...(imageDigest && { imageDigest }), ...(imageTag && { imageTag }) }
  return { repository, image: await findImage(registry.metadata, repository, imageId) }
}
