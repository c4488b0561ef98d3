import { InvalidTopicParameterError, SubscriptionConfirmedError } from '../../core/topics/errors.ts'
import type { Subscription, TopicKey } from '../../core/topics/topic.ts'
import type { Messaging } from '../messaging.ts'

/**
 * Confirms the subscription that a token was sent for; doing it again changes nothing. The topic says only where to look: the token
 * says which subscription is meant, as on AWS.
 *
 * @throws InvalidTopicParameterError for a token that isn't good, or not any more
 * @throws SubscriptionConfirmedError when somebody who signed has confirmed it, and this one hasn't
 */
export async function confirmSubscription(
  { metadata, now }: Messaging,
  asked: {
    readonly topic: TopicKey
    readonly token: string
    /** Whether the subscription can only be ended by somebody who signs. */
    readonly authenticated: boolean
  },
): Promise<Subscription> {
  return metadata.write(async (tx) => {
    const found = await tx.topics.subscriptionByToken(asked.topic, asked.token)
    if (found === undefined) throw new InvalidTopicParameterError('Token')
    const confirmation = asked.authenticated ? 'authenticated' : 'by-link'
    if (found.confirmation === confirmation) return found
    if (found.confirmation === 'authenticated') throw new SubscriptionConfirmedError()
    if (found.confirmation === undefined && found.tokenUntil < now())
      throw new InvalidTopicParameterError('Token')
    const confirmed = { ...found, confirmation } as const
    await tx.topics.putSubscription(confirmed)
    return confirmed
  })
}
