import type { ListTagsForResourceRequest, ListTagsForResourceResponse } from '@aws-sdk/client-ecs'
import type { EcsAction } from './ecs-action.ts'
import { onTagged, requireTagged } from './tagged-resource.ts'
import { tagShapes } from './tags.ts'

/** @see Amazon ECS API reference, ListTagsForResource */
export const listTagsForResource: EcsAction<ListTagsForResourceRequest, ListTagsForResourceResponse> = {
  operation: 'ListTagsForResource',
  permissions: (input, call) => [onTagged('ecs:ListTagsForResource', input.resourceArn, call)],
  async run({ resourceArn: arn }, call, { registry: { metadata } }) {
    await requireTagged(metadata, arn, call)
    return { tags: tagShapes(await metadata.arnTags.of(arn)) }
  },
}
