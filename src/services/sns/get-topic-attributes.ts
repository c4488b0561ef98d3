import type { GetTopicAttributesInput, GetTopicAttributesResponse } from '@aws-sdk/client-sns'
import { showPolicy } from '../../access/iam/policy-principals.ts'
import { topicArn } from '../../core/topics/topic.ts'
import { policyOf } from '../../core/topics/topic-policy.ts'
import { parseTopicArn } from '../../messaging/topics/topic-arn.ts'
import { findTopic } from './find-topic.ts'
import { onTopic } from './permissions.ts'
import type { SnsAction } from './sns-action.ts'

/** How messages are tried again where nobody said how: as the engine does it. */
const effectiveDeliveryPolicy = JSON.stringify({
  http: {
    defaultHealthyRetryPolicy: {
      minDelayTarget: 1,
      maxDelayTarget: 900,
      numRetries: 185,
      numMaxDelayRetries: 0,
      numNoDelayRetries: 0,
      numMinDelayRetries: 0,
      backoffFunction: 'exponential',
    },
    disableSubscriptionOverrides: false,
    defaultRequestPolicy: { headerContentType: 'text/plain; charset=UTF-8' },
  },
})

/** @see Amazon SNS API reference, GetTopicAttributes */
export const getTopicAttributes: SnsAction<GetTopicAttributesInput, GetTopicAttributesResponse> = {
  operation: 'GetTopicAttributes',
  permissions: (input) => onTopic('sns:GetTopicAttributes', input.TopicArn),
  async run(input, _call, { messaging: { metadata } }) {
    const topic = await findTopic(metadata.topics, parseTopicArn(input.TopicArn))
    const { confirmed, pending } = await metadata.topics.counts(topic)
    return {
      Attributes: {
        TopicArn: topicArn(topic),
        Owner: topic.account,
        Policy: await showPolicy(metadata, policyOf(topic)),
        DisplayName: '',
        SubscriptionsPending: String(pending),
        SubscriptionsConfirmed: String(confirmed),
        SubscriptionsDeleted: '0',
        EffectiveDeliveryPolicy: effectiveDeliveryPolicy,
        ...topic.attributes,
      },
    }
  },
}
