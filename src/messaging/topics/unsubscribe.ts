import { UnsubscribeNotAllowedError } from '../../core/topics/errors.ts'
import type { SubscriptionKey } from '../../core/topics/topic.ts'
import type { Messaging } from '../messaging.ts'

/**
 * Ends a subscription; one that isn't there is ended already.
 *
 * @throws UnsubscribeNotAllowedError when a link asks and only somebody who signs may
 */
export async function unsubscribe(
  { metadata }: Messaging,
  key: SubscriptionKey,
  by: 'signed' | 'link',
): Promise<void> {
  await metadata.write(async (tx) => {
    const found = await tx.topics.subscription(key)
    if (found?.confirmation === 'authenticated' && by === 'link') throw new UnsubscribeNotAllowedError()
    await tx.topics.deleteSubscription(key)
  })
}
