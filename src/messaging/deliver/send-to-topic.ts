import { topicArn } from '../../core/topics/topic.ts'
import type { Messaging } from '../messaging.ts'
import { publishMessage } from '../topics/publish-message.ts'
import { parseTopicArn } from '../topics/topic-arn.ts'
import type { TargetContent } from './content.ts'
import { type Outcome, refused } from './outcome.ts'

/**
 * Publishes what a rule sends to a topic. A topic's policy decides whether rules may; one whose policy was never set takes those of its
 * own account.
 */
export async function sendToTopic(
  { metadata, now, newId, maySend }: Messaging,
  { rule, target, input }: TargetContent,
): Promise<Outcome> {
  const key = parseTopicArn(target.Arn)
  const topic = await metadata.topics.find(key)
  if (topic === undefined) return refused('Topic does not exist')
  const resource = topicArn(topic)
  const sender = { service: 'events.amazonaws.com', source: rule } as const
  if (!(await maySend({ action: 'sns:Publish', resource, owner: topic.account, sender }))) {
    return refused(`The policy of ${resource} does not let events.amazonaws.com publish for ${rule}`)
  }
  const publication = { id: newId(), topic: key, bodies: { default: input }, attributes: {} }
  return {
    kind: 'delivered',
    answer: `Published as ${publication.id}`,
    effect: (tx) => publishMessage(tx, publication, now()),
  }
}
