import { DomainError } from '../../core/errors.ts'
import { escapeHtml } from '../../core/escape-html.ts'
import { subscriptionArn } from '../../core/topics/topic.ts'
import type { Messaging } from '../../messaging/messaging.ts'
import { confirmSubscription } from '../../messaging/topics/confirm-subscription.ts'
import { parseSubscriptionArn, parseTopicArn } from '../../messaging/topics/topic-arn.ts'
import { unsubscribe } from '../../messaging/topics/unsubscribe.ts'
import type { HttpDoor, HttpRequest, HttpResponse } from '../http/exchange.ts'

const namespace = 'http://sns.amazonaws.com/doc/2010-03-31/'
const actions = ['ConfirmSubscription', 'Unsubscribe']

/** Whether a request follows the link of a message for web hooks: one that nobody signed. */
export function followsSubscriptionLink({ method, headers }: HttpRequest, query: string): boolean {
  if (method !== 'GET' || headers.authorization !== undefined) return false
  const parameters = new URLSearchParams(query)
  return actions.includes(parameters.get('Action') ?? '') && !parameters.has('X-Amz-Signature')
}

/** Answers the links of messages for web hooks. They act at once and need no signature, as on AWS: who has the link has got the message. */
export function subscriptionLinks(messaging: Messaging): HttpDoor {
  return async ({ url, id }) => {
    const parameters = URL.parse(url, 'http://localhost')?.searchParams ?? new URLSearchParams()
    try {
      return await act(messaging, parameters, id)
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      return refusal(error.message, id)
    }
  }
}

async function act(messaging: Messaging, parameters: URLSearchParams, id: string): Promise<HttpResponse> {
  if (parameters.get('Action') === 'Unsubscribe') {
    await unsubscribe(messaging, parseSubscriptionArn(parameters.get('SubscriptionArn') ?? ''), 'link')
    return xml(200, `<UnsubscribeResponse xmlns="${namespace}">${metadata(id)}</UnsubscribeResponse>`)
  }
  const subscription = await confirmSubscription(messaging, {
    topic: parseTopicArn(parameters.get('TopicArn') ?? ''),
    token: parameters.get('Token') ?? '',
    authenticated: false,
  })
  const result = `<ConfirmSubscriptionResult><SubscriptionArn>${subscriptionArn(subscription)}</SubscriptionArn></ConfirmSubscriptionResult>`
  return xml(
    200,
    `<ConfirmSubscriptionResponse xmlns="${namespace}">${result}${metadata(id)}</ConfirmSubscriptionResponse>`,
  )
}

function refusal(message: string, id: string): HttpResponse {
  const error = `<Error><Type>Sender</Type><Code>InvalidParameter</Code><Message>${escapeHtml(message)}</Message></Error>`
  return xml(400, `<ErrorResponse xmlns="${namespace}">${error}<RequestId>${id}</RequestId></ErrorResponse>`)
}

function metadata(id: string): string {
  return `<ResponseMetadata><RequestId>${id}</RequestId></ResponseMetadata>`
}

function xml(status: number, body: string): HttpResponse {
  return { status, headers: { 'content-type': 'text/xml' }, body }
}
