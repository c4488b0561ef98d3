import type { RegistryKey } from '../../core/names/registry-key.ts'
import type { Subscription, SubscriptionKey, Topic, TopicKey } from '../../core/topics/topic.ts'

/** How many subscriptions a topic has. */
export interface SubscriptionCounts {
  readonly confirmed: number
  readonly pending: number
}

/** A page by id. */
export interface SubscriptionPage {
  readonly after?: string | undefined
  readonly limit: number
}

export interface TopicReader {
  find(key: TopicKey): Promise<Topic | undefined>
  list(
    registry: RegistryKey,
    page: { readonly after?: string | undefined; readonly limit: number },
  ): Promise<Topic[]>
  counts(key: TopicKey): Promise<SubscriptionCounts>
  subscription(key: SubscriptionKey): Promise<Subscription | undefined>
  /** The subscription that a token confirms. */
  subscriptionByToken(registry: RegistryKey, token: string): Promise<Subscription | undefined>
  subscriptionOf(
    topic: TopicKey,
    receiver: Pick<Subscription, 'protocol' | 'endpoint'>,
  ): Promise<Subscription | undefined>
  /** Subscriptions of a topic, or of all topics of the registry. */
  subscriptions(of: TopicKey | RegistryKey, page: SubscriptionPage): Promise<Subscription[]>
  /** Those of a topic that are confirmed. */
  confirmed(topic: TopicKey, page: SubscriptionPage): Promise<Subscription[]>
}

export interface TopicWriter {
  put(topic: Topic): Promise<void>
  /** Deletes a topic with its subscriptions. */
  delete(key: TopicKey): Promise<void>
  putSubscription(subscription: Subscription): Promise<void>
  deleteSubscription(key: SubscriptionKey): Promise<void>
}
