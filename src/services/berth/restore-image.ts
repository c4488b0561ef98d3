import { parseDigest } from '../../core/names/digest.ts'
import { parseTag } from '../../core/names/tag.ts'
import { type PlacedTag, restoreImage as restore } from '../../registry/restore-image.ts'
import { requestedRepository } from '../ecr/requested-repository.ts'
import type { BerthAction } from './berth-action.ts'
import { onRepository } from './permissions.ts'

/** Takes a deletion or the move of a tag back. */
export const restoreImage: BerthAction<'RestoreImage'> = {
  operation: 'RestoreImage',
  permissions: onRepository('berth:RestoreImage', 'ecr:PutImage'),
  async run(input, call, { registry, missingContent }) {
    const { image, images, tags, taken } = await restore(registry, {
      repository: requestedRepository(input, call),
      digest: parseDigest(input.imageDigest),
      tag: input.imageTag === undefined ? undefined : parseTag(input.imageTag),
      formerTags: input.restoreTags ? 'restored' : 'left',
      missing: missingContent,
      actor: call.caller.arn,
    })
    return {
      imageDigest: image.digest,
      restoredDigests: images,
      tags: tags.map(toShape),
      takenTags: taken.map(toShape),
    }
  },
}

function toShape({ tag, digest }: PlacedTag) {
  return { imageTag: tag, imageDigest: digest }
}
