import { text } from 'node:stream/consumers'
import { type Subscription, subscriptionArn, topicArn } from '../../core/topics/topic.ts'
import type { Messaging } from '../messaging.ts'
import type { Outcome } from './outcome.ts'
import { outcomeOfAnswer } from './outcome-of-answer.ts'

/** What a web hook is told besides the body. */
export interface Posting {
  readonly type: 'SubscriptionConfirmation' | 'Notification'
  readonly messageId: string
  readonly body: string
  readonly raw: boolean
  /** Text unless told, though it is JSON mostly, as SNS has it. */
  readonly contentType?: string | undefined
}

const patienceMs = 15_000
const longestAnswer = 64 * 1024

/** Posts a message to a web hook. @see Amazon SNS developer guide, "Parsing Amazon SNS message formats", HTTP headers */
export async function postDocument(
  { outbound }: Messaging,
  subscription: Subscription,
  { type, messageId, body, raw, contentType = 'text/plain; charset=UTF-8' }: Posting,
  signal: AbortSignal,
): Promise<Outcome> {
  const content = Buffer.from(body)
  const answer = await outbound.send({
    method: 'POST',
    url: new URL(subscription.endpoint),
    headers: {
      'content-type': contentType,
      'content-length': String(content.length),
      'user-agent': 'Amazon Simple Notification Service Agent',
      'x-amz-sns-message-type': type,
      'x-amz-sns-message-id': messageId,
      'x-amz-sns-topic-arn': topicArn(subscription.topic),
      ...(type !== 'SubscriptionConfirmation' && {
        'x-amz-sns-subscription-arn': subscriptionArn(subscription),
      }),
      ...(raw && { 'x-amz-sns-rawdelivery': 'true' }),
    },
    body: content,
    maxBytes: longestAnswer,
    deadline: patienceMs,
    signal,
  })
  await text(answer.body)
  return outcomeOfAnswer(answer)
}
