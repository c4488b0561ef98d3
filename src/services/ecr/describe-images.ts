import type { DescribeImagesRequest, DescribeImagesResponse } from '@aws-sdk/client-ecr'
import type { Image } from '../../core/images/image.ts'
import type { Repository } from '../../core/repositories/repository.ts'
import { findRepository } from '../../registry/find-repository.ts'
import { leaveOutAccepted } from '../../registry/findings/leave-out-accepted.ts'
import type { MetadataReader } from '../../stores/metadata/metadata-store.ts'
import type { Checked } from '../checked.ts'
import { type Page, readPage } from '../page.ts'
import type { Call } from '../service.ts'
import type { EcrAction } from './ecr-action.ts'
import { refusePaging } from './explicit-list.ts'
import { findImage } from './find-image.ts'
import { imageDetail } from './image-detail.ts'
import { type ImageFilter, isWanted, readImageFilter } from './image-filter.ts'
import { onRepository } from './permissions.ts'
import { defaultPageSize, imagePosition, positionOfImage } from './positions.ts'
import { requestedRepository } from './requested-repository.ts'
import { scanMembers } from './scan-members.ts'

type Input = Checked<DescribeImagesRequest>

/**
 * Describes the images asked for in the order asked, or all of a repository, newest push first. One image asked for that isn't
 * there fails the call; the filter goes over both. A list shows what can be pulled, unless the filter says otherwise.
 *
 * @see Amazon ECR API reference, DescribeImages
 */
export const describeImages: EcrAction<DescribeImagesRequest, DescribeImagesResponse> = {
  operation: 'DescribeImages',
  permissions: onRepository('ecr:DescribeImages'),
  async run(input, call, { registry }) {
    const { metadata } = registry
    const repository = await findRepository(registry, requestedRepository(input, call))
    const filter = readImageFilter(input.filter, input.imageIds && 'ANY')
    const { rows, nextToken } =
      input.imageIds === undefined
        ? await list(metadata, repository, { filter, size: input.maxResults, call })
        : await find(metadata, repository, { ...input, imageIds: input.imageIds })
    const digests = rows.map(({ digest }) => digest)
    const tags = await metadata.tags.ofImages(repository.id, digests)
    const wanted = rows.filter(({ digest, storage }) => isWanted(filter, { storage, tags: tags.get(digest) }))
    const scans = await leaveOutAccepted(
      registry,
      repository,
      await metadata.scans.findMany(repository.id, digests),
    )
    const scanOf = new Map(scans.map((scan) => [scan.digest, scan]))
    return {
      imageDetails: wanted.map((image) => ({
        ...imageDetail(repository, image, tags.get(image.digest)),
        ...scanMembers(image, scanOf.get(image.digest)),
      })),
      nextToken,
    }
  },
}

async function list(
  metadata: MetadataReader,
  repository: Repository,
  page: { readonly filter: ImageFilter; readonly size: number | undefined; readonly call: Call },
): Promise<Page<Image>> {
  const after = imagePosition(page.call.pages)
  return readPage(page.call, {
    size: page.size ?? defaultPageSize,
    read: (limit) => metadata.images.list(repository.id, { ...page.filter, after, limit }),
    positionOf: positionOfImage,
  })
}

async function find(
  metadata: MetadataReader,
  repository: Repository,
  input: Input & Required<Pick<Input, 'imageIds'>>,
): Promise<Page<Image>> {
  refusePaging('imageIds', input)
  const rows: Image[] = []
  for (const imageId of input.imageIds) rows.push(await findImage(metadata, repository, imageId))
  return { rows, nextToken: undefined }
}
