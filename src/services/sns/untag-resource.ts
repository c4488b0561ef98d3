import type { UntagResourceRequest } from '@aws-sdk/client-sns'
import { onTopic } from './permissions.ts'
import type { SnsAction } from './sns-action.ts'
import { requireTaggedTopic } from './tagged-topic.ts'

/** @see Amazon SNS API reference, UntagResource */
export const untagResource: SnsAction<UntagResourceRequest, object> = {
  operation: 'UntagResource',
  permissions: (input) => onTopic('sns:UntagResource', input.ResourceArn, 'ResourceArn'),
  async run({ ResourceArn: arn, TagKeys: keys }, _call, { messaging: { metadata } }) {
    await metadata.write(async (tx) => {
      await requireTaggedTopic(tx.topics, arn)
      await tx.arnTags.remove(arn, keys)
    })
    return {}
  },
}
