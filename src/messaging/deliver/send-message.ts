import type { Messaging } from '../messaging.ts'
import { notificationDocument } from '../topics/documents.ts'
import { notificationMail } from '../topics/mails.ts'
import type { MessageContent } from './content.ts'
import { type Outcome, refused } from './outcome.ts'
import { postDocument } from './post-document.ts'
import { sendMail } from './send-mail.ts'

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
  return postDocument(
    messaging,
    subscription,
    { type: 'Notification', messageId: message.id, body, raw },
    signal,
  )
}
