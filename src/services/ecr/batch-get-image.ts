import type {
  BatchGetImageRequest,
  BatchGetImageResponse,
  Image,
  ImageFailure,
  ImageIdentifier,
} from '@aws-sdk/client-ecr'
import { ImageNotFoundError } from '../../core/images/errors.ts'
import type { Digest } from '../../core/names/digest.ts'
import type { Repository } from '../../core/repositories/repository.ts'
import { findRepository } from '../../registry/find-repository.ts'
import { getManifest } from '../../registry/get-manifest.ts'
import type { Registry } from '../../registry/registry.ts'
import type { Checked } from '../checked.ts'
import { bringImages } from './bring-images.ts'
import type { EcrAction } from './ecr-action.ts'
import { findImage } from './find-image.ts'
import { imageFailure } from './image-failures.ts'
import { importConsent } from './import-consent.ts'
import { ManifestAllowance } from './manifest-allowance.ts'
import { onRepository } from './permissions.ts'
import { requestedRepository } from './requested-repository.ts'

/** As bytes, and as text in the response. */
const copiesOfManifest = 3

/**
 * Reads the manifests of images: the JSON API's pull, and recorded as one. Each image that can't be had is a row of `failures`;
 * the others come nevertheless, in the order asked, under the tag asked.
 *
 * @see Amazon ECR API reference, BatchGetImage
 */
export const batchGetImage: EcrAction<BatchGetImageRequest, BatchGetImageResponse> = {
  operation: 'BatchGetImage',
  permissions: onRepository('ecr:BatchGetImage'),
  async run(input, call, context) {
    const { registry } = context
    const key = requestedRepository(input, call)
    const failures: ImageFailure[] = []
    const consent = importConsent(call, key, context)
    const imageIds = await bringImages(registry, key, input.imageIds, { consent, failures })
    if (imageIds.length === 0) return { images: [], failures }
    const repository = await findRepository(registry, key)
    const pull = {
      registry,
      repository,
      by: call.caller.arn,
      accepted: input.acceptedMediaTypes,
      allowance: new ManifestAllowance(),
    }
    const found: Found[] = []
    for (const imageId of imageIds) {
      await orFail(imageId, failures, async () => found.push(await findReadable(pull, imageId)))
    }
    using _share = await registry.memory.lease(pull.allowance.taken * copiesOfManifest)
    const images: Image[] = []
    for (const each of found) {
      await orFail(each.imageId, failures, async () => images.push(await pullImage(pull, each)))
    }
    return { images, failures }
  },
}

interface Pull {
  readonly registry: Registry
  readonly repository: Repository
  /** The ARN of the caller. */
  readonly by: string
  /** The media types the client can read; undefined when it can read any. */
  readonly accepted: readonly string[] | undefined
  readonly allowance: ManifestAllowance
}

/** An image whose manifest the response is to carry. */
interface Found {
  readonly imageId: Checked<ImageIdentifier>
  readonly digest: Digest
  readonly mediaType: string
}

/** Each image that can't be had becomes a failure. */
async function orFail(
  imageId: Checked<ImageIdentifier>,
  failures: ImageFailure[],
  work: () => Promise<unknown>,
): Promise<void> {
  try {
    await work()
  } catch (error) {
    failures.push(imageFailure(imageId, error))
  }
}

async function findReadable(
  { registry, repository, accepted, allowance }: Pull,
  imageId: Checked<ImageIdentifier>,
): Promise<Found> {
  const { digest, mediaType, manifestBytes } = await findImage(registry.metadata, repository, imageId)
  // No manifest is ever converted: a client that can't read it finds nothing.
  if (accepted?.includes(mediaType) === false) throw new ImageNotFoundError(repository, { digest })
  allowance.take(manifestBytes)
  return { imageId, digest, mediaType }
}

async function pullImage({ registry, repository, by }: Pull, found: Found): Promise<Image> {
  const { imageId, digest, mediaType } = found
  const reference = { kind: 'digest', digest } as const
  const { content } = await getManifest(registry, { repository, reference, as: 'pull', by })
  return {
    registryId: repository.account,
    repositoryName: repository.name,
    imageId: { imageDigest: digest, imageTag: imageId.imageTag },
    imageManifest: Buffer.from(content).toString(),
    imageManifestMediaType: mediaType,
  }
}
