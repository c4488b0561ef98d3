import type { DeleteTopicInput } from '@aws-sdk/client-sns'
import { topicArn } from '../../core/topics/topic.ts'
import { parseTopicArn } from '../../messaging/topics/topic-arn.ts'
import { onTopic } from './permissions.ts'
import type { SnsAction } from './sns-action.ts'

/** Deletes a topic with its subscriptions; one that isn't there is deleted already. @see Amazon SNS API reference, DeleteTopic */
export const deleteTopic: SnsAction<DeleteTopicInput, object> = {
  operation: 'DeleteTopic',
  permissions: (input) => onTopic('sns:DeleteTopic', input.TopicArn),
  async run(input, _call, { messaging: { metadata } }) {
    const topic = parseTopicArn(input.TopicArn)
    await metadata.write(async (tx) => {
      await tx.topics.delete(topic)
      await tx.arnTags.clear(topicArn(topic))
    })
    return {}
  },
}
