import type { ListSubscriptionsByTopicInput, ListSubscriptionsByTopicResponse } from '@aws-sdk/client-sns'
import { parseTopicArn } from '../../messaging/topics/topic-arn.ts'
import { namePosition } from '../next-token.ts'
import { readPage } from '../page.ts'
import { findTopic } from './find-topic.ts'
import { onTopic } from './permissions.ts'
import type { SnsAction } from './sns-action.ts'
import { subscriptionShape } from './subscription-shape.ts'

const pageSize = 100

/** @see Amazon SNS API reference, ListSubscriptionsByTopic */
export const listSubscriptionsByTopic: SnsAction<
  ListSubscriptionsByTopicInput,
  ListSubscriptionsByTopicResponse
> = {
  operation: 'ListSubscriptionsByTopic',
  permissions: (input) => onTopic('sns:ListSubscriptionsByTopic', input.TopicArn),
  async run(input, call, { messaging: { metadata } }) {
    const topic = await findTopic(metadata.topics, parseTopicArn(input.TopicArn))
    const after = namePosition(call.pages)
    const { rows, nextToken } = await readPage(call, {
      size: pageSize,
      read: (limit) => metadata.topics.subscriptions(topic, { after, limit }),
      positionOf: (last) => last.id,
    })
    return {
      Subscriptions: rows.map(subscriptionShape),
      ...(nextToken !== undefined && { NextToken: nextToken }),
    }
  },
}
