import type { DeletedImage } from '../../core/images/change.ts'
import { isDigest } from '../../core/names/digest.ts'
import { listDeletedImages as listDeleted } from '../../registry/list-deleted-images.ts'
import type { DeletedCursor } from '../../stores/metadata/history.ts'
import { requestedRepository } from '../ecr/requested-repository.ts'
import { invalidNextToken } from '../next-token.ts'
import { readPage } from '../page.ts'
import type { Pages } from '../service.ts'
import type { BerthAction } from './berth-action.ts'
import { onRepository } from './permissions.ts'
import type { DeletedImageDetail } from './shapes.ts'

const defaultPageSize = 100

/** The images of a repository that can be restored, latest deletion first. */
export const listDeletedImages: BerthAction<'ListDeletedImages'> = {
  operation: 'ListDeletedImages',
  permissions: onRepository('berth:ListDeletedImages', 'ecr:DescribeImages'),
  async run(input, call, { registry }) {
    const repository = requestedRepository(input, call)
    const after = readPosition(call.pages)
    const { rows, nextToken } = await readPage(call, {
      size: input.maxResults ?? defaultPageSize,
      read: (limit) => listDeleted(registry, repository, { after, limit }),
      positionOf: ({ at, image }) => [at.getTime(), image.digest],
    })
    return { images: rows.map((deleted) => toShape(deleted, registry.garbage.grace)), nextToken }
  },
}

/** @throws InvalidParameterError at `nextToken` */
function readPosition({ position }: Pages): DeletedCursor | undefined {
  if (position === undefined) return undefined
  const [at, digest]: unknown[] = Array.isArray(position) ? position : []
  if (typeof at === 'number' && typeof digest === 'string' && isDigest(digest)) {
    return { at: new Date(at), digest }
  }
  throw invalidNextToken()
}

function toShape({ image, tags, at, cause }: DeletedImage, grace: number): DeletedImageDetail {
  return {
    imageDigest: image.digest,
    imageTags: tags,
    imagePushedAt: image.pushedAt,
    imageSizeInBytes: image.sizeInBytes,
    deletedAt: at,
    restorableUntil: new Date(at.getTime() + grace),
    actor: cause.actor,
    reason: cause.reason,
  }
}
