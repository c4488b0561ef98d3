import type { TagResourceRequest } from '@aws-sdk/client-sns'
import { tagConditions } from '../../access/tag-conditions.ts'
import { withResourceTags } from '../../core/repositories/resource-tags.ts'
import { parseTopicArn } from '../../messaging/topics/topic-arn.ts'
import { onTopicKey } from './permissions.ts'
import type { SnsAction } from './sns-action.ts'
import { requireTaggedTopic } from './tagged-topic.ts'
import { readTags } from './tags.ts'

/** @see Amazon SNS API reference, TagResource */
export const tagResource: SnsAction<TagResourceRequest, object> = {
  operation: 'TagResource',
  permissions: ({ ResourceArn: arn, Tags: tags }) =>
    onTopicKey('sns:TagResource', parseTopicArn(arn, 'ResourceArn'), tagConditions(readTags(tags))),
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
