import { type Subscription, type Topic, topicArn } from '../../core/topics/topic.ts'
import type { Messaging } from '../messaging.ts'
import { subscribeUrl, unsubscribeUrl } from './links.ts'
import type { SignatureVersion, SignedField } from './message-signer.ts'
import type { TopicMessage } from './topic-message.ts'

/** A signed JSON document that a subscriber gets. @see Amazon SNS developer guide, "Parsing Amazon SNS message formats" */
export type MessageDocument = Readonly<Record<string, unknown>>

/** A message as subscribers get it. */
export function notificationDocument(
  messaging: Messaging,
  topic: Topic,
  subscription: Subscription,
  message: TopicMessage,
): Promise<MessageDocument> {
  const { id, subject, body, attributes, timestamp } = message
  const fields: SignedField[] = [
    ['Message', body],
    ['MessageId', id],
    ...(subject === undefined ? [] : [['Subject', subject] as const]),
    ['Timestamp', timestamp],
    ['TopicArn', topicArn(topic)],
    ['Type', 'Notification'],
  ]
  const more = {
    UnsubscribeURL: unsubscribeUrl(subscription),
    ...(Object.keys(attributes).length > 0 && { MessageAttributes: attributes }),
  }
  return signed(messaging, topic, subscription, fields, more)
}

/** The question whether one wants to be a subscriber. */
export function confirmationDocument(
  messaging: Messaging,
  topic: Topic,
  subscription: Subscription,
  asked: { readonly messageId: string; readonly at: Date },
): Promise<MessageDocument> {
  const arn = topicArn(topic)
  const text = `You have chosen to subscribe to the topic ${arn}.\nTo confirm the subscription, visit the SubscribeURL included in this message.`
  return signed(
    messaging,
    topic,
    subscription,
    aboutSubscription('SubscriptionConfirmation', text, subscription, asked),
    {},
  )
}

function aboutSubscription(
  type: string,
  text: string,
  subscription: Subscription,
  { messageId, at }: { readonly messageId: string; readonly at: Date },
): SignedField[] {
  return [
    ['Message', text],
    ['MessageId', messageId],
    ['SubscribeURL', subscribeUrl(subscription)],
    ['Timestamp', at.toISOString()],
    ['Token', subscription.token],
    ['TopicArn', topicArn(subscription.topic)],
    ['Type', type],
  ]
}

async function signed(
  { signer }: Messaging,
  topic: Topic,
  { address }: Subscription,
  fields: readonly SignedField[],
  more: object,
): Promise<MessageDocument> {
  const version: SignatureVersion = topic.attributes.SignatureVersion === '2' ? '2' : '1'
  return {
    ...Object.fromEntries(fields),
    SignatureVersion: version,
    Signature: await signer.sign(fields, version),
    SigningCertURL: address + (await signer.certificatePath()),
    ...more,
  }
}
