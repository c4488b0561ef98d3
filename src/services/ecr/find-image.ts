import type { ImageIdentifier } from '@aws-sdk/client-ecr'
import { ImageNotFoundError, ImageTagDoesNotMatchDigestError } from '../../core/images/errors.ts'
import type { Image } from '../../core/images/image.ts'
import type { Repository } from '../../core/repositories/repository.ts'
import type { MetadataReader } from '../../stores/metadata/metadata-store.ts'
import type { Checked } from '../checked.ts'
import { readImageId } from './image-ids.ts'

/**
 * Finds the image an imageId means. When it gives both digest and tag, the tag must be on that digest.
 *
 * @throws ImageNotFoundError, ImageTagDoesNotMatchDigestError, and as readImageId
 */
export async function findImage(
  metadata: MetadataReader,
  repository: Repository,
  imageId: Checked<ImageIdentifier>,
): Promise<Image> {
  const { digest, tag } = readImageId(imageId, repository)
  const tagged = tag && (await metadata.tags.find(repository.id, tag))
  const wanted = digest ?? tagged
  const image = wanted && (await metadata.images.find(repository.id, wanted))
  if (image === undefined || (tag !== undefined && tagged === undefined)) {
    throw new ImageNotFoundError(repository, { digest, tag })
  }
  if (tagged !== undefined && tagged !== image.digest) throw new ImageTagDoesNotMatchDigestError()
  return image
}
