import type { ListTagsForResourceRequest, ListTagsForResourceResponse } from '@aws-sdk/client-eventbridge'
import type { EventsAction } from './events-action.ts'
import { onTagged, requireTagged } from './tagged-resource.ts'
import { tagShapes } from './tags.ts'

/** @see Amazon EventBridge API reference, ListTagsForResource */
export const listTagsForResource: EventsAction<ListTagsForResourceRequest, ListTagsForResourceResponse> = {
  operation: 'ListTagsForResource',
  permissions: (input) => onTagged('events:ListTagsForResource', input.ResourceARN),
  async run({ ResourceARN: arn }, _call, { messaging: { metadata } }) {
    await requireTagged(metadata.rules, arn)
    return { Tags: tagShapes(await metadata.arnTags.of(arn)) }
  },
}
