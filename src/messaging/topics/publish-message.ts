import { longestAge, mostRetries, type NewDelivery } from '../../core/deliveries/delivery.ts'
import { effectivePolicy, type RetryPolicy } from '../../core/topics/delivery-policy.ts'
import { type FilterScope, passesFilter } from '../../core/topics/filter-policy.ts'
import type { MessageAttributes } from '../../core/topics/message-attributes.ts'
import { type Subscription, subscriptionArn, type Topic, type TopicKey } from '../../core/topics/topic.ts'
import type { MetadataTransaction } from '../../stores/metadata/metadata-store.ts'
import { addDeliveries } from '../add-deliveries.ts'
import type { MessageContent } from '../deliver/content.ts'

/** A message on its way to a topic. */
export interface Publication {
  readonly id: string
  readonly topic: TopicKey
  readonly subject?: string | undefined
  /** By protocol; `default` is there for the others. */
  readonly bodies: Readonly<Record<string, string>> & { readonly default: string }
  readonly attributes: MessageAttributes
}

const readAtOnce = 500

/** Sends a message on its way to each confirmed subscriber of a topic whose filter policy lets it through, in the caller's transaction. */
export async function publishMessage(
  tx: MetadataTransaction,
  publication: Publication,
  at: Date,
): Promise<void> {
  const topic = await tx.topics.find(publication.topic)
  let after: string | undefined
  do {
    const page = await tx.topics.confirmed(publication.topic, { after, limit: readAtOnce })
    const deliveries = page
      .filter((one) => isFor(one, publication))
      .map((one) => toSubscriber(one, publication, at, retryFor(one, topic)))
    await addDeliveries(tx, deliveries, at)
    after = page.length < readAtOnce ? undefined : page.at(-1)?.id
  } while (after !== undefined)
}

function isFor({ attributes, protocol }: Subscription, publication: Publication): boolean {
  const { FilterPolicy: policy, FilterPolicyScope: scope } = attributes
  if (policy === undefined) return true
  const body = bodyFor(protocol, publication)
  return passesFilter(policy, scopeOf(scope), { body, attributes: publication.attributes })
}

/** The scope as it was set; attributes unless told. */
export function scopeOf(text: string | undefined): FilterScope {
  return text === 'MessageBody' ? 'MessageBody' : 'MessageAttributes'
}

function bodyFor(protocol: string, { bodies }: Publication): string {
  return bodies[protocol] ?? bodies.default
}

/** Web hooks alone are tried as policies say. */
function retryFor({ protocol, attributes }: Subscription, topic: Topic | undefined): RetryPolicy | undefined {
  if (protocol !== 'http' && protocol !== 'https') return undefined
  return effectivePolicy(topic?.attributes.DeliveryPolicy, attributes.DeliveryPolicy).retry
}

function toSubscriber(
  subscription: Subscription,
  publication: Publication,
  at: Date,
  retry: RetryPolicy | undefined,
): NewDelivery {
  const { topic, id } = subscription
  const { bodies: _, ...message } = publication
  const body = bodyFor(subscription.protocol, publication)
  return {
    registry: { account: topic.account, region: topic.region },
    lane: subscriptionArn(subscription),
    kind: 'message',
    content: {
      subscription: { topic, id },
      message: { ...message, body, timestamp: at.toISOString() },
      ...(retry && { retry }),
    } satisfies MessageContent,
    createdAt: at,
    limits: { attempts: (retry?.numRetries ?? mostRetries) + 1, until: new Date(at.getTime() + longestAge) },
  }
}
