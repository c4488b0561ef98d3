import type { SetTopicAttributesInput } from '@aws-sdk/client-sns'
import { parseTopicArn } from '../../messaging/topics/topic-arn.ts'
import { findTopic } from './find-topic.ts'
import { keptAttributes } from './kept-attributes.ts'
import { onTopic } from './permissions.ts'
import type { SnsAction } from './sns-action.ts'
import { withAttributes } from './topic-attributes.ts'

/** @see Amazon SNS API reference, SetTopicAttributes */
export const setTopicAttributes: SnsAction<SetTopicAttributesInput, object> = {
  operation: 'SetTopicAttributes',
  permissions: (input) => onTopic('sns:SetTopicAttributes', input.TopicArn),
  async run(input, _call, { messaging: { metadata } }) {
    const given = await keptAttributes(metadata, { [input.AttributeName]: input.AttributeValue ?? '' })
    await metadata.write(async (tx) => {
      const topic = await findTopic(tx.topics, parseTopicArn(input.TopicArn))
      await tx.topics.put(withAttributes(topic, given))
    })
    return {}
  },
}
