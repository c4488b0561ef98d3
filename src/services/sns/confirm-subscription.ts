import type { ConfirmSubscriptionInput, ConfirmSubscriptionResponse } from '@aws-sdk/client-sns'
import { subscriptionArn } from '../../core/topics/topic.ts'
import { confirmSubscription as confirm } from '../../messaging/topics/confirm-subscription.ts'
import { parseTopicArn } from '../../messaging/topics/topic-arn.ts'
import { onTopic } from './permissions.ts'
import type { SnsAction } from './sns-action.ts'

/** @see Amazon SNS API reference, ConfirmSubscription */
export const confirmSubscription: SnsAction<ConfirmSubscriptionInput, ConfirmSubscriptionResponse> = {
  operation: 'ConfirmSubscription',
  permissions: (input) => onTopic('sns:ConfirmSubscription', input.TopicArn),
  async run(input, _call, { messaging }) {
    const subscription = await confirm(messaging, {
      topic: parseTopicArn(input.TopicArn),
      token: input.Token,
      authenticated: input.AuthenticateOnUnsubscribe === 'true',
    })
    return { SubscriptionArn: subscriptionArn(subscription) }
  },
}
