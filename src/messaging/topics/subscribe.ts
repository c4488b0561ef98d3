import { longestAge, mostRetries } from '../../core/deliveries/delivery.ts'
import { parseQueueArn } from '../../core/queues/queue.ts'
import { InvalidTopicParameterError, TopicNotFoundError } from '../../core/topics/errors.ts'
import {
  type Subscription,
  type SubscriptionProtocol,
  subscriptionArn,
  type TopicKey,
} from '../../core/topics/topic.ts'
import type { MetadataTransaction } from '../../stores/metadata/metadata-store.ts'
import { addDeliveries } from '../add-deliveries.ts'
import type { ConfirmationContent } from '../deliver/content.ts'
import type { Messaging } from '../messaging.ts'

interface SubscribeRequest {
  readonly topic: TopicKey
  readonly protocol: SubscriptionProtocol
  readonly endpoint: string
  /** The ARN of who asks. */
  readonly principal: string
  /** Checked. */
  readonly attributes: Readonly<Record<string, string>>
  /** Scheme, host and port by which the caller reaches this server. */
  readonly address: string
}

/**
 * Subscribes an address to a topic and asks it whether it wants to be; one that is asked already is asked again.
 *
 * @throws TopicNotFoundError
 * @throws InvalidTopicParameterError when it is subscribed with other attributes
 */
export async function subscribe(messaging: Messaging, asked: SubscribeRequest): Promise<Subscription> {
  return messaging.metadata.write(async (tx) => {
    if ((await tx.topics.find(asked.topic)) === undefined) throw new TopicNotFoundError()
    const known = await tx.topics.subscriptionOf(asked.topic, asked)
    if (known !== undefined && !isSame(known.attributes, asked.attributes)) {
      throw new InvalidTopicParameterError(
        'Attributes Reason: Subscription already exists with different attributes',
      )
    }
    if (known?.confirmation !== undefined) return known
    const made = known ?? { ...asked, id: messaging.newId(), createdAt: messaging.now() }
    return isOwnQueue(asked) ? confirmAtOnce(tx, messaging, made) : ask(tx, messaging, made)
  })
}

/** A queue of the topic's own account isn't asked. @see Amazon SNS developer guide, "Subscribing an Amazon SQS queue to an Amazon SNS topic" */
function isOwnQueue({ protocol, endpoint, topic }: SubscribeRequest): boolean {
  return protocol === 'sqs' && parseQueueArn(endpoint)?.account === topic.account
}

async function confirmAtOnce(
  tx: MetadataTransaction,
  { now, newToken }: Messaging,
  subscription: Unasked,
): Promise<Subscription> {
  const confirmed = {
    ...subscription,
    confirmation: 'authenticated',
    token: newToken(),
    tokenUntil: now(),
  } as const
  await tx.topics.putSubscription(confirmed)
  return confirmed
}

/** How long, in milliseconds, a token confirms. @see Amazon SNS API reference, ConfirmSubscription: two days */
const tokenLifetime = 2 * 24 * 60 * 60 * 1000

type Unasked = Omit<Subscription, 'token' | 'tokenUntil'>

/** Gives a subscription a new token, and sends it to where it is to be proven that somebody got it. */
export async function ask(
  tx: MetadataTransaction,
  { now, newId, newToken }: Messaging,
  subscription: Unasked,
): Promise<Subscription> {
  const at = now()
  const tokenUntil = new Date(at.getTime() + tokenLifetime)
  const asked = { ...subscription, token: newToken(), tokenUntil }
  await tx.topics.putSubscription(asked)
  const { topic, id } = asked
  const content: ConfirmationContent = { subscription: { topic, id }, messageId: newId() }
  const delivery = {
    registry: { account: topic.account, region: topic.region },
    lane: subscriptionArn(asked),
    kind: 'confirmation',
    content,
    createdAt: at,
    limits: { attempts: mostRetries + 1, until: new Date(at.getTime() + longestAge) },
  } as const
  await addDeliveries(tx, [delivery], at)
  return asked
}

function isSame(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean {
  const text = (attributes: Readonly<Record<string, string>>) =>
    JSON.stringify(Object.entries(attributes).toSorted())
  return text(one) === text(other)
}
