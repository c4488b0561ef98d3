import type { TagResourceRequest, TagResourceResponse } from '@aws-sdk/client-ecs'
import { tagConditions } from '../../access/tag-conditions.ts'
import type { EcsInstanceAction } from './ecs-action.ts'
import { namedInstance, onTagged, requireTagged } from './tagged-resource.ts'
import { checkTagCount, readTags } from './tags.ts'

/** @see Amazon ECS API reference, TagResource */
export const tagResource: EcsInstanceAction<TagResourceRequest, TagResourceResponse> = {
  operation: 'TagResource',
  permissions: (input, call) => [
    { ...onTagged('ecs:TagResource', input.resourceArn, call), context: tagConditions(readTags(input.tags)) },
  ],
  async run({ resourceArn: arn, tags }, call, { registry: { metadata }, findInstance }) {
    const given = readTags(tags)
    const instance = await namedInstance(arn, findInstance)
    await metadata.write(async (tx) => {
      await requireTagged(tx, arn, call, instance)
      checkTagCount(await tx.arnTags.of(arn), given)
      await tx.arnTags.put(arn, given)
    })
    return {}
  },
}
