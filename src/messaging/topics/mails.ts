import { describeEvent, type EventDescription } from '../../core/events/describe-event.ts'
import { type Subscription, type Topic, topicArn } from '../../core/topics/topic.ts'
import type { Mail } from '../../mail/mailer.ts'
import { html } from './html.ts'
import { confirmationPage, consolePage, unsubscribePage } from './links.ts'
import { button, code, factTable, footerLink, mailPage, paragraph } from './mail-page.ts'
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
    html: mailPage(
      { preview: arn, headline: 'Do you want these messages?', footer: html`${otherwise}` },
      paragraph(`${why}:`),
      paragraph(arn),
      button('Confirm subscription', link),
    ),
    confirmUrl: link,
  }
}

/** A message to an e-mail address. What an event of the registry says is told in words before its JSON. */
export function notificationMail(topic: Topic, subscription: Subscription, message: TopicMessage): Mail {
  const { subject, body } = message
  const described = describeEvent(body)
  const unsubscribe = unsubscribePage(subscription)
  const inConsole = described && consolePage(subscription, described)
  return {
    fromName: senderOf(topic),
    to: subscription.endpoint,
    subject: subject ?? described?.headline ?? 'AWS Notification Message',
    text: asText(described, inConsole, body, topicArn(topic), unsubscribe),
    html: asHtml(described, inConsole, { subject, body }, topicArn(topic), unsubscribe),
    unsubscribeUrl: unsubscribe,
  }
}

function senderOf({ attributes }: Topic): string {
  return attributes.DisplayName || 'AWS Notifications'
}

function asText(
  described: EventDescription | undefined,
  inConsole: string | undefined,
  body: string,
  arn: string,
  unsubscribe: string,
): string {
  const facts = described?.facts.map(([name, value]) => `${name}: ${value}`) ?? []
  const words = described
    ? [described.headline, '', ...facts, '', `In the console: ${inConsole}`, '', '']
    : []
  return `${words.join('\n')}${body}\n\n--\nTo get no more messages of ${arn}, open\n${unsubscribe}\nNobody reads answers to this e-mail.\n`
}

function asHtml(
  described: EventDescription | undefined,
  inConsole: string | undefined,
  { subject, body }: Pick<TopicMessage, 'subject' | 'body'>,
  arn: string,
  unsubscribe: string,
): string {
  const footer = html`You get this as a subscriber of ${arn}. ${footerLink('Unsubscribe', unsubscribe)}. Nobody reads answers to this e-mail.`
  const headline = described?.headline ?? subject ?? 'A message'
  const words = described ? [factTable(described.facts)] : []
  const link = inConsole === undefined ? [] : [button('Open in the console', inConsole)]
  return mailPage(
    { preview: described ? arn : body.slice(0, shortPreview), headline, footer },
    ...words,
    ...link,
    code(indented(body)),
  )
}

const shortPreview = 120

/** JSON is easier to read with a line for each member. */
function indented(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), undefined, 2)
  } catch {
    return body
  }
}
