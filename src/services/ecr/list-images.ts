import type { ListImagesRequest, ListImagesResponse } from '@aws-sdk/client-ecr'
import { findRepository } from '../../registry/find-repository.ts'
import { readPage } from '../page.ts'
import type { EcrAction } from './ecr-action.ts'
import { readImageFilter } from './image-filter.ts'
import { onRepository } from './permissions.ts'
import { defaultPageSize, imagePosition, positionOfImage } from './positions.ts'
import { requestedRepository } from './requested-repository.ts'

/**
 * Lists a repository's images, newest push first: one row for each tag, and one for each image without any. Those that can be pulled,
 * unless the filter says otherwise.
 *
 * @see Amazon ECR API reference, ListImages
 */
export const listImages: EcrAction<ListImagesRequest, ListImagesResponse> = {
  operation: 'ListImages',
  permissions: onRepository('ecr:ListImages'),
  async run(input, call, { registry }) {
    const { id } = await findRepository(registry, requestedRepository(input, call))
    const filter = readImageFilter(input.filter)
    const after = imagePosition(call.pages)
    const { rows, nextToken } = await readPage(call, {
      size: input.maxResults ?? defaultPageSize,
      read: (limit) => registry.metadata.images.listNamed(id, { ...filter, after, limit }),
      positionOf: positionOfImage,
    })
    const imageIds = rows.map(({ digest, tag }) => ({ imageDigest: digest, imageTag: tag ?? undefined }))
    return { imageIds, nextToken }
  },
}
