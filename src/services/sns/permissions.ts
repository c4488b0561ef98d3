import type { Permission } from '../../access/permission.ts'
import { type TopicKey, topicArn } from '../../core/topics/topic.ts'
import { parseSubscriptionArn, parseTopicArn } from '../../messaging/topics/topic-arn.ts'
import type { Call } from '../service.ts'

type SnsIamAction = `sns:${string}`

/** @see Service authorization reference, "Actions, resources, and condition keys for Amazon SNS" */
export function onTopicKey(
  action: SnsIamAction,
  topic: TopicKey,
  context: Permission['context'] = {},
): readonly Permission[] {
  return [{ action, resource: topicArn(topic), owner: topic.account, context }]
}

/** The right to do something to the topic that an ARN names. @throws InvalidTopicParameterError */
export function onTopic(action: SnsIamAction, arn: string, field?: string): readonly Permission[] {
  return onTopicKey(action, parseTopicArn(arn, field))
}

/** IAM knows a subscription by its topic. @throws InvalidTopicParameterError */
export function onSubscription(action: SnsIamAction, arn: string): readonly Permission[] {
  return onTopicKey(action, parseSubscriptionArn(arn).topic)
}

/** For actions that IAM knows no resource for. */
export function onNothing(action: SnsIamAction): (input: unknown, call: Call) => readonly Permission[] {
  return (_input, { registry }) => [{ action, resource: '*', owner: registry.account }]
}
