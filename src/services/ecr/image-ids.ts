import type { ImageIdentifier } from '@aws-sdk/client-ecr'
import { ImageNotFoundError } from '../../core/images/errors.ts'
import { type Digest, isDigest } from '../../core/names/digest.ts'
import type { RepositoryKey } from '../../core/names/registry-key.ts'
import { isTag, type Tag } from '../../core/names/tag.ts'
import type { Checked } from '../checked.ts'
import { InvalidImageDigestError, InvalidImageTagError, MissingDigestAndTagError } from './image-id-errors.ts'

/** What may stand for a digest on the wire: wider than what can be pushed. */
export const digestPattern = /^[a-zA-Z0-9\-_+.]+:[a-fA-F0-9]+$/
const tagPattern = /^[a-zA-Z0-9\-_.]+$/

/** An imageId, read: at least one of the two. */
interface AskedImage {
  readonly digest: Digest | undefined
  readonly tag: Tag | undefined
}

/**
 * Reads one imageId of a request. ECR's patterns are wider than what can be pushed: what fits them but can't be stored is an
 * image that isn't there.
 *
 * @throws MissingDigestAndTagError, InvalidImageDigestError, InvalidImageTagError, ImageNotFoundError
 */
export function readImageId(imageId: Checked<ImageIdentifier>, repository: RepositoryKey): AskedImage {
  const { imageDigest: digest, imageTag: tag } = imageId
  if (digest === undefined && tag === undefined) throw new MissingDigestAndTagError()
  if (digest !== undefined && !digestPattern.test(digest)) throw new InvalidImageDigestError()
  if (tag !== undefined && !tagPattern.test(tag)) throw new InvalidImageTagError()
  if (digest !== undefined && !isDigest(digest)) throw new ImageNotFoundError(repository, { digest, tag })
  if (tag !== undefined && !isTag(tag)) throw new ImageNotFoundError(repository, { digest, tag })
  return { digest, tag }
}
