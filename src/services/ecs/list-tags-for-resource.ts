import type { ListTagsForResourceRequest, ListTagsForResourceResponse } from '@aws-sdk/client-ecs'
import type { EcsInstanceAction } from './ecs-action.ts'
import { namedInstance, onTagged, requireTagged } from './tagged-resource.ts'
import { tagShapes } from './tags.ts'

/** @see Amazon ECS API reference, ListTagsForResource */
export const listTagsForResource: EcsInstanceAction<ListTagsForResourceRequest, ListTagsForResourceResponse> =
  {
    operation: 'ListTagsForResource',
    permissions: (input, call) => [onTagged('ecs:ListTagsForResource', input.resourceArn, call)],
    async run({ resourceArn: arn }, call, { registry: { metadata }, findInstance }) {
      await requireTagged(metadata, arn, call, await namedInstance(arn, findInstance))
      return { tags: tagShapes(await metadata.arnTags.of(arn)) }
    },
  }
