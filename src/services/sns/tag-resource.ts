import type { TagResourceRequest } from '@aws-sdk/client-sns'
import { withResourceTags } from '../../core/repositories/resource-tags.ts'
import { onTopic } from './permissions.ts'
import type { SnsAction } from './sns-action.ts'
import { requireTaggedTopic } from './tagged-topic.ts'
import { readTags } from './tags.ts'

/** @see Amazon SNS API reference, TagResource */
export const tagResource: SnsAction<TagResourceRequest, object> = {
  operation: 'TagResource',
  permissions: (input) => onTopic('sns:TagResource', input.ResourceArn, 'ResourceArn'),
  async run({ ResourceArn: arn, Tags: tags }, _call, { messaging: { metadata } }) {
    const given = readTags(tags)
    await metadata.write(async (tx) => {
      await requireTaggedTopic(tx.topics, arn)
      withResourceTags(await tx.arnTags.of(arn), given)
      await tx.arnTags.put(arn, given)
    })
    return {}
  },
}
