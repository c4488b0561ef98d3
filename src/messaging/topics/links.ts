import { type Subscription, subscriptionArn, topicArn } from '../../core/topics/topic.ts'

/** What a mail's link leads to: a page that asks before it acts, since mail scanners follow links. */
export function confirmationPage({ address, topic, token, endpoint }: Subscription): string {
  const query = new URLSearchParams({ TopicArn: topicArn(topic), Token: token, Endpoint: endpoint })
  return `${address}/confirmation.html?${query}`
}

/** Where the console shows an image, or its repository. */
export function consolePage(
  { address }: Subscription,
  { repository, digest }: { readonly repository: string; readonly digest?: string | undefined },
): string {
  const page = `${address}/console/repositories/${encodeURIComponent(repository)}`
  return digest === undefined ? page : `${page}/images/${digest}`
}

export function unsubscribePage(subscription: Subscription): string {
  const { address, endpoint } = subscription
  const query = new URLSearchParams({ SubscriptionArn: subscriptionArn(subscription), Endpoint: endpoint })
  return `${address}/unsubscribe.html?${query}`
}

/** What a web hook visits to confirm: it acts at once, as on AWS. */
export function subscribeUrl({ address, topic, token }: Subscription): string {
  const query = new URLSearchParams({
    Action: 'ConfirmSubscription',
    TopicArn: topicArn(topic),
    Token: token,
  })
  return `${address}/?${query}`
}

export function unsubscribeUrl(subscription: Subscription): string {
  const query = new URLSearchParams({ Action: 'Unsubscribe', SubscriptionArn: subscriptionArn(subscription) })
  return `${subscription.address}/?${query}`
}
