import type { UntagResourceRequest } from '@aws-sdk/client-sns'
import { parseTopicArn } from '../../messaging/topics/topic-arn.ts'
import { onTopicKey } from './permissions.ts'
import type { SnsAction } from './sns-action.ts'
import { requireTaggedTopic } from './tagged-topic.ts'

/** @see Amazon SNS API reference, UntagResource */
export const untagResource: SnsAction<UntagResourceRequest, object> = {
  operation: 'UntagResource',
  permissions: ({ ResourceArn: arn, TagKeys: keys }) =>
    onTopicKey('sns:UntagResource', parseTopicArn(arn, 'ResourceArn'), { 'aws:TagKeys': keys }),
  async run({ ResourceArn: arn, TagKeys: keys }, _call, { messaging: { metadata } }) {
    await metadata.write(async (tx) => {
      await requireTaggedTopic(tx.topics, arn)
      await tx.arnTags.remove(arn, keys)
    })
    return {}
  },
}
