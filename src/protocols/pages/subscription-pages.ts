import { DomainError } from '../../core/errors.ts'
import { escapeHtml } from '../../core/escape-html.ts'
import { subscriptionArn } from '../../core/topics/topic.ts'
import type { Messaging } from '../../messaging/messaging.ts'
import { confirmSubscription } from '../../messaging/topics/confirm-subscription.ts'
import { parseSubscriptionArn, parseTopicArn } from '../../messaging/topics/topic-arn.ts'
import { unsubscribe } from '../../messaging/topics/unsubscribe.ts'
import type { HttpDoor, HttpResponse } from '../http/exchange.ts'
import type { PagePath } from '../http/front-door.ts'
import { only } from '../http/only.ts'

/** What a link in an e-mail offers to do. */
interface Offer {
  readonly title: string
  readonly question: string
  readonly button: string
  /** Does it, and resolves to what to say then. */
  act(parameters: URLSearchParams): Promise<string>
}

/**
 * Where the links of e-mails lead. They ask first and act on a POST, since mail scanners follow every link; no signature is needed: who
 * has the link has got the e-mail.
 */
export function subscriptionPages(messaging: Messaging): ReadonlyMap<PagePath, HttpDoor> {
  return new Map<PagePath, HttpDoor>([
    ['/confirmation.html', page(confirmation(messaging))],
    ['/unsubscribe.html', page(ending(messaging))],
  ])
}

function confirmation(messaging: Messaging): Offer {
  return {
    title: 'Confirm subscription',
    question: 'Do you want the messages of this topic sent to this address?',
    button: 'Confirm subscription',
    async act(parameters) {
      const topic = parseTopicArn(parameters.get('TopicArn') ?? '')
      const token = parameters.get('Token') ?? ''
      const subscription = await confirmSubscription(messaging, { topic, token, authenticated: false })
      return `Subscription confirmed: ${subscriptionArn(subscription)}. Each message has a link that ends it.`
    },
  }
}

function ending(messaging: Messaging): Offer {
  return {
    title: 'Unsubscribe',
    question: 'Do you want no more messages of this topic?',
    button: 'Unsubscribe',
    async act(parameters) {
      const arn = parameters.get('SubscriptionArn') ?? ''
      await unsubscribe(messaging, parseSubscriptionArn(arn), 'link')
      return 'You get no more messages of this topic.'
    },
  }
}

function page(offer: Offer): HttpDoor {
  return only(['GET', 'HEAD', 'POST'], async ({ method, url }) => {
    const parameters = URL.parse(url, 'http://localhost')?.searchParams ?? new URLSearchParams()
    if (method !== 'POST') return html(200, offer, asking(offer, parameters))
    try {
      return html(200, offer, `<p>${escapeHtml(await offer.act(parameters))}</p>`)
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      return html(
        400,
        offer,
        `<p>${escapeHtml(error.message)}</p><p>The link may be too old, or not whole.</p>`,
      )
    }
  })
}

/** The form has no action, so that it is posted to the very link. */
function asking({ question, button }: Offer, parameters: URLSearchParams): string {
  const [topic] = (parameters.get('TopicArn') ?? parameters.get('SubscriptionArn') ?? '').match(
    /^arn:[^\s]{1,300}$/,
  ) ?? ['']
  const address = parameters.get('Endpoint') ?? ''
  return `<p>${escapeHtml(question)}</p>
<p><strong>${escapeHtml(topic)}</strong><br>${escapeHtml(address)}</p>
<form method="post"><button>${escapeHtml(button)}</button></form>`
}

function html(status: number, { title }: Offer, body: string): HttpResponse {
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy':
      "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  }
  const document = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title></head>
<body><main><h1>${title}</h1>
${body}
</main></body>
</html>
`
  return { status, headers, body: document }
}
