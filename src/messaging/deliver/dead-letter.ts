import type { Delivery } from '../../core/deliveries/delivery.ts'
import { isObject } from '../../core/event-patterns/leaf.ts'
import type { SendingService } from '../../core/events/sending.ts'
import { parseQueueArn } from '../../core/queues/queue.ts'
import { topicArn } from '../../core/topics/topic.ts'
import type { MetadataTransaction } from '../../stores/metadata/metadata-store.ts'
import type { Messaging } from '../messaging.ts'
import { sendMessages } from '../queues/send-messages.ts'
import type { MessageContent, TargetContent } from './content.ts'
import type { Outcome } from './outcome.ts'

/** What is put into a dead-letter queue, and where that is. */
interface DeadLetter {
  readonly queue: string
  readonly body: string
  /** Texts by name. */
  readonly facts: Readonly<Record<string, string>>
  readonly sender: SendingService
}

/**
 * Puts what was given up into the dead-letter queue of the rule's target or of the subscription, if it has one that takes it, in the
 * transaction that notes the end of the delivery.
 *
 * @see Amazon EventBridge user guide, "Using dead-letter queues to process undelivered events"
 * @see Amazon SNS developer guide, "Amazon SNS dead-letter queues"
 */
export async function putDeadLetter(
  tx: MetadataTransaction,
  { now, newId, maySend }: Pick<Messaging, 'now' | 'newId' | 'maySend'>,
  delivery: Delivery,
  outcome: Outcome,
): Promise<void> {
  const letter = await deadLetterOf(tx, delivery, outcome)
  const key = letter && parseQueueArn(letter.queue)
  const queue = key && (await tx.queues.queue(key))
  if (letter === undefined || queue === undefined) return
  const { sender } = letter
  const asked = { action: 'sqs:SendMessage', resource: letter.queue, owner: queue.account } as const
  if (!(await maySend({ ...asked, sender }))) return
  const attributes = Object.fromEntries(
    Object.entries(letter.facts).map(([name, value]) => [name, { DataType: 'String', Value: value }]),
  )
  const message = { messageId: newId(), body: letter.body, attributes }
  await sendMessages(tx, queue, [message], { sender: sender.service, at: now() })
}

/** The content of a delivery is its kind's: whoever adds one says so by its type. */
async function deadLetterOf(
  tx: MetadataTransaction,
  delivery: Delivery,
  outcome: Outcome,
): Promise<DeadLetter | undefined> {
  if (delivery.kind === 'target') return ofTarget(delivery.content as TargetContent, delivery, outcome)
  if (delivery.kind === 'message') return ofMessage(tx, delivery.content as MessageContent, outcome)
  return undefined
}

function ofTarget(
  { rule, target, event }: TargetContent,
  { attempts, limits }: Delivery,
  outcome: Outcome,
): DeadLetter | undefined {
  const queue = target.DeadLetterConfig?.Arn
  if (queue === undefined) return undefined
  const exhausted = attempts + 1 >= limits.attempts ? 'MaximumRetryAttempts' : 'MaximumEventAgeInSeconds'
  return {
    queue,
    body: JSON.stringify(event),
    facts: {
      RULE_ARN: rule,
      TARGET_ARN: target.Arn,
      ERROR_CODE: outcome.kind === 'refused' ? 'SDK_CLIENT_ERROR' : 'INTERNAL_ERROR',
      ERROR_MESSAGE: outcome.answer || 'No answer',
      ...(outcome.kind === 'failed' && { EXHAUSTED_RETRY_CONDITION: exhausted }),
      RETRY_ATTEMPTS: String(attempts),
    },
    sender: { service: 'events.amazonaws.com', source: rule },
  }
}

async function ofMessage(
  tx: MetadataTransaction,
  { subscription: key, message }: MessageContent,
  outcome: Outcome,
): Promise<DeadLetter | undefined> {
  const subscription = await tx.topics.subscription(key)
  const queue = deadLetterArn(subscription?.attributes.RedrivePolicy)
  if (queue === undefined) return undefined
  const arn = topicArn(key.topic)
  const { id, subject, body, attributes, timestamp } = message
  const document = {
    Type: 'Notification',
    MessageId: id,
    TopicArn: arn,
    ...(subject !== undefined && { Subject: subject }),
    Message: body,
    Timestamp: timestamp,
    ...(Object.keys(attributes).length > 0 && { MessageAttributes: attributes }),
  }
  const isRaw = subscription?.attributes.RawMessageDelivery === 'true'
  return {
    queue,
    body: isRaw ? body : JSON.stringify(document),
    facts: {
      RequestID: id,
      ErrorCode: outcome.kind === 'refused' ? '4XX' : '5XX',
      ErrorMessage: outcome.answer || 'No answer',
    },
    sender: { service: 'sns.amazonaws.com', source: arn },
  }
}

/** The queue that a RedrivePolicy names; undefined for what is none. */
export function deadLetterArn(policy: string | undefined): string | undefined {
  const value: unknown = policy === undefined ? undefined : parse(policy)
  if (!isObject(value) || typeof value.deadLetterTargetArn !== 'string') return undefined
  return parseQueueArn(value.deadLetterTargetArn) && value.deadLetterTargetArn
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
