import { ConditionContext } from '../../core/policies/condition-context.ts'
import { topicArn } from '../../core/topics/topic.ts'
import { allows } from '../allows.ts'
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
  { metadata, now, newId }: Messaging,
  { rule, target, input }: TargetContent,
): Promise<Outcome> {
  const key = parseTopicArn(target.Arn)
  const topic = await metadata.topics.find(key)
  if (topic === undefined) return refused('Topic does not exist')
  const [, , , , account = ''] = rule.split(':')
  if (!mayPublish(topic, { rule, account })) {
    return refused(`The policy of ${topicArn(topic)} does not let events.amazonaws.com publish for ${rule}`)
  }
  const publication = { id: newId(), topic: key, bodies: { default: input }, attributes: {} }
  return {
    kind: 'delivered',
    answer: `Published as ${publication.id}`,
    effect: (tx) => publishMessage(tx, publication, now()),
  }
}

function mayPublish(
  topic: { readonly policy?: string | undefined } & Parameters<typeof topicArn>[0],
  { rule, account }: { readonly rule: string; readonly account: string },
): boolean {
  if (topic.policy === undefined) return topic.account === account
  return allows(topic.policy, {
    caller: { kind: 'service', name: 'events.amazonaws.com' },
    action: 'sns:Publish',
    resource: topicArn(topic),
    owner: topic.account,
    context: new ConditionContext({ 'aws:SourceArn': rule, 'aws:SourceAccount': account }),
  })
}
