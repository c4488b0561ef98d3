import type { GetSubscriptionAttributesInput, GetSubscriptionAttributesResponse } from '@aws-sdk/client-sns'
import { SubscriptionNotFoundError } from '../../core/topics/errors.ts'
import { subscriptionArn, topicArn } from '../../core/topics/topic.ts'
import { parseSubscriptionArn } from '../../messaging/topics/topic-arn.ts'
import { onSubscription } from './permissions.ts'
import type { SnsAction } from './sns-action.ts'

/** @see Amazon SNS API reference, GetSubscriptionAttributes */
export const getSubscriptionAttributes: SnsAction<
  GetSubscriptionAttributesInput,
  GetSubscriptionAttributesResponse
> = {
  operation: 'GetSubscriptionAttributes',
  permissions: (input) => onSubscription('sns:GetSubscriptionAttributes', input.SubscriptionArn),
  async run(input, _call, { messaging: { metadata } }) {
    const found = await metadata.topics.subscription(parseSubscriptionArn(input.SubscriptionArn))
    if (found === undefined) throw new SubscriptionNotFoundError()
    const { topic, protocol, endpoint, confirmation, principal, attributes } = found
    return {
      Attributes: {
        SubscriptionArn: subscriptionArn(found),
        TopicArn: topicArn(topic),
        Owner: topic.account,
        Protocol: protocol,
        Endpoint: endpoint,
        PendingConfirmation: String(confirmation === undefined),
        ConfirmationWasAuthenticated: String(confirmation === 'authenticated'),
        RawMessageDelivery: 'false',
        SubscriptionPrincipal: principal,
        ...(attributes.FilterPolicy !== undefined && { FilterPolicyScope: 'MessageAttributes' }),
        ...attributes,
      },
    }
  },
}
