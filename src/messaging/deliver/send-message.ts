import { setTimeout as wait } from 'node:timers/promises'
import type { QueueMessageAttributes } from '../../core/queues/queue.ts'
import { effectivePolicy } from '../../core/topics/delivery-policy.ts'
import type { MessageAttributes } from '../../core/topics/message-attributes.ts'
import { subscriptionArn, topicArn } from '../../core/topics/topic.ts'
import type { Messaging } from '../messaging.ts'
import { notificationDocument } from '../topics/documents.ts'
import { notificationMail } from '../topics/mails.ts'
import type { MessageContent } from './content.ts'
import { type Outcome, refused } from './outcome.ts'
import { postDocument } from './post-document.ts'
import { sendMail } from './send-mail.ts'
import { sendToQueue } from './send-to-queue.ts'

/** Brings a topic's message to a subscriber. */
export async function sendMessage(
  messaging: Messaging,
  { subscription: key, message }: MessageContent,
  signal: AbortSignal,
): Promise<Outcome> {
  const { metadata } = messaging
  const topic = await metadata.topics.find(key.topic)
  const subscription = await metadata.topics.subscription(key)
  if (topic === undefined || subscription?.confirmation === undefined)
    return refused('The subscription is gone')
  const { protocol, attributes } = subscription
  if (protocol === 'email') return sendMail(messaging, notificationMail(topic, subscription, message))
  const raw = attributes.RawMessageDelivery === 'true'
  const body = raw
    ? message.body
    : JSON.stringify(await notificationDocument(messaging, topic, subscription, message))
  if (protocol === 'email-json') {
    return sendMail(messaging, {
      ...notificationMail(topic, subscription, message),
      text: body,
      html: undefined,
    })
  }
  if (protocol === 'sqs') {
    const sender = { service: 'sns.amazonaws.com', source: topicArn(topic) } as const
    const given = raw ? queueAttributes(message.attributes) : {}
    return sendToQueue(messaging, subscription.endpoint, { body, attributes: given }, sender)
  }
  const policy = effectivePolicy(topic.attributes.DeliveryPolicy, attributes.DeliveryPolicy)
  const { maxReceivesPerSecond: most, contentType } = policy
  const lane = subscriptionArn(subscription)
  if (most !== undefined) await wait(messaging.pace(lane, 1_000 / most), undefined, { signal })
  const posting = { type: 'Notification', messageId: message.id, body, raw, contentType } as const
  return postDocument(messaging, subscription, posting, signal)
}

/** A message's attributes as SQS has them. */
function queueAttributes(attributes: MessageAttributes): QueueMessageAttributes {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { Type, Value }]) => [name, { DataType: Type, Value }]),
  )
}
