import { describeEvent, type EventDescription } from '../../core/events/describe-event.ts'
import { type Subscription, type Topic, topicArn } from '../../core/topics/topic.ts'
import type { Mail } from '../../mail/mailer.ts'
import { html } from './html.ts'
import { confirmationPage, unsubscribePage } from './links.ts'
import type { TopicMessage } from './topic-message.ts'

/** The question to an e-mail address whether it wants a topic's messages. */
export function confirmationMail(topic: Topic, subscription: Subscription): Mail {
  const arn = topicArn(topic)
  const link = confirmationPage(subscription)
  const why = 'Somebody asked for this address to get the messages of the topic'
  const otherwise = 'If that was not you, do nothing: without a confirmation nothing more is sent.'
  return {
    fromName: senderOf(topic),
    to: subscription.endpoint,
    subject: 'AWS Notification - Subscription Confirmation',
    text: `${why}\n\n${arn}\n\nTo confirm the subscription, open\n\n${link}\n\n${otherwise}\n`,
    html: html`<p>${why}</p><p><strong>${arn}</strong></p><p><a href="${link}">Confirm subscription</a></p><p>${otherwise}</p>`
      .text,
    confirmUrl: link,
  }
}

/** A message to an e-mail address. What an event of the registry says is told in words before its JSON. */
export function notificationMail(topic: Topic, subscription: Subscription, message: TopicMessage): Mail {
  const { subject, body } = message
  const described = describeEvent(body)
  const link = unsubscribePage(subscription)
  return {
    fromName: senderOf(topic),
    to: subscription.endpoint,
    subject: subject ?? described?.headline ?? 'AWS Notification Message',
    text: `${described ? `${inWords(described)}\n\n` : ''}${body}\n\n--\nTo get no more messages of ${topicArn(topic)}, open\n${link}\nNobody reads answers to this e-mail.\n`,
    html: asHtml(described, body, topicArn(topic), link),
    unsubscribeUrl: link,
  }
}

function senderOf({ attributes }: Topic): string {
  return attributes.DisplayName || 'AWS Notifications'
}

function inWords({ headline, facts }: EventDescription): string {
  return [headline, '', ...facts.map(([name, value]) => `${name}: ${value}`)].join('\n')
}

function asHtml(described: EventDescription | undefined, body: string, arn: string, link: string): string {
  const rows = described?.facts.map(
    ([name, value]) => html`<tr><th align="left">${name}</th><td>${value}</td></tr>`,
  )
  const words = described ? html`<h2>${described.headline}</h2><table>${rows ?? []}</table>` : html``
  return html`${words}<pre>${body}</pre><hr><p>To get no more messages of ${arn}, <a href="${link}">unsubscribe</a>. Nobody reads answers to this e-mail.</p>`
    .text
}
