import type { Messaging } from '../messaging.ts'
import { confirmationDocument } from '../topics/documents.ts'
import { confirmationMail } from '../topics/mails.ts'
import type { ConfirmationContent } from './content.ts'
import { type Outcome, refused } from './outcome.ts'
import { postDocument } from './post-document.ts'
import { sendMail } from './send-mail.ts'

/** Asks somebody who was subscribed whether they want to be. */
export async function sendConfirmation(
  messaging: Messaging,
  { subscription: key, messageId }: ConfirmationContent,
  signal: AbortSignal,
): Promise<Outcome> {
  const { metadata, now } = messaging
  const topic = await metadata.topics.find(key.topic)
  const subscription = await metadata.topics.subscription(key)
  if (topic === undefined || subscription === undefined) return refused('The subscription is gone')
  if (subscription.confirmation !== undefined) return refused('The subscription is confirmed already')
  const { protocol } = subscription
  const mail = confirmationMail(topic, subscription)
  if (protocol === 'email') return sendMail(messaging, mail)
  const body = JSON.stringify(
    await confirmationDocument(messaging, topic, subscription, { messageId, at: now() }),
  )
  if (protocol === 'email-json') return sendMail(messaging, { ...mail, text: body, html: undefined })
  return postDocument(
    messaging,
    subscription,
    { type: 'SubscriptionConfirmation', messageId, body, raw: false },
    signal,
  )
}
