import type { RemovePermissionInput } from '@aws-sdk/client-sns'
import { isObject } from '../../core/event-patterns/leaf.ts'
import { parseTopicArn } from '../../messaging/topics/topic-arn.ts'
import { findTopic } from './find-topic.ts'
import { onTopic } from './permissions.ts'
import { changeStatements } from './policy-statements.ts'
import type { SnsAction } from './sns-action.ts'

/** Takes a statement from a topic's policy; one that isn't there is gone already. @see Amazon SNS API reference, RemovePermission */
export const removePermission: SnsAction<RemovePermissionInput, object> = {
  operation: 'RemovePermission',
  permissions: (input) => onTopic('sns:RemovePermission', input.TopicArn),
  async run(input, _call, { messaging: { metadata } }) {
    await metadata.write(async (tx) => {
      const topic = await findTopic(tx.topics, parseTopicArn(input.TopicArn))
      const changed = changeStatements(topic, (statements) =>
        statements.filter((each) => !isObject(each) || each.Sid !== input.Label),
      )
      await tx.topics.put(changed)
    })
    return {}
  },
}
