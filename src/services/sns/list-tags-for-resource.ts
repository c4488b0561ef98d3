import type { ListTagsForResourceRequest, ListTagsForResourceResponse } from '@aws-sdk/client-sns'
import { onTopic } from './permissions.ts'
import type { SnsAction } from './sns-action.ts'
import { requireTaggedTopic } from './tagged-topic.ts'

/** @see Amazon SNS API reference, ListTagsForResource */
export const listTagsForResource: SnsAction<ListTagsForResourceRequest, ListTagsForResourceResponse> = {
  operation: 'ListTagsForResource',
  permissions: (input) => onTopic('sns:ListTagsForResource', input.ResourceArn, 'ResourceArn'),
  async run({ ResourceArn: arn }, _call, { messaging: { metadata } }) {
    await requireTaggedTopic(metadata.topics, arn)
    const tags = await metadata.arnTags.of(arn)
    return { Tags: Array.from(tags, ([Key, Value]) => ({ Key, Value })) }
  },
}
