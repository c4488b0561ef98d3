import { type Topic, type TopicKey, topicArn } from './topic.ts'

/** What the owner of a topic may do with it. @see Amazon SNS developer guide, "Amazon SNS policies" */
export const ownersActions: readonly string[] = [
  'SNS:GetTopicAttributes',
  'SNS:SetTopicAttributes',
  'SNS:AddPermission',
  'SNS:RemovePermission',
  'SNS:DeleteTopic',
  'SNS:Subscribe',
  'SNS:ListSubscriptionsByTopic',
  'SNS:Publish',
]

/** The text of a topic's policy: the one that SNS gives each topic, unless it was set. */
export function policyOf(topic: Topic): string {
  return topic.policy ?? defaultPolicy(topic)
}

function defaultPolicy(topic: TopicKey): string {
  return JSON.stringify({
    Version: '2008-10-17',
    Id: '__default_policy_ID',
    Statement: [
      {
        Sid: '__default_statement_ID',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: ownersActions,
        Resource: topicArn(topic),
        Condition: { StringEquals: { 'AWS:SourceOwner': topic.account } },
      },
    ],
  })
}
