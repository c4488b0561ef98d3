import type { Subscription as SubscriptionShape } from '@aws-sdk/client-sns'
import { type Subscription, subscriptionArn, topicArn } from '../../core/topics/topic.ts'

/** A subscription as SNS lists it: one that isn't confirmed shows no ARN. */
export function subscriptionShape(subscription: Subscription): SubscriptionShape {
  const { topic, protocol, endpoint, confirmation } = subscription
  return {
    SubscriptionArn: confirmation === undefined ? 'PendingConfirmation' : subscriptionArn(subscription),
    Owner: topic.account,
    Protocol: protocol,
    Endpoint: endpoint,
    TopicArn: topicArn(topic),
  }
}
