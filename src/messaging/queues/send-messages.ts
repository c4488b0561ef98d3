import type { NewQueueMessage, Queue, QueueMessageAttributes } from '../../core/queues/queue.ts'
import { numberOf } from '../../core/queues/queue-attributes.ts'
import type { MetadataTransaction } from '../../stores/metadata/metadata-store.ts'

const second = 1_000

/** A message before it has its times. */
export interface OutgoingMessage {
  /** A UUID. */
  readonly messageId: string
  readonly body: string
  readonly attributes: QueueMessageAttributes
  /** The queue's own delay unless told. */
  readonly delaySeconds?: number | undefined
}

/** Puts messages into a queue, in the caller's transaction. */
export async function sendMessages(
  tx: MetadataTransaction,
  queue: Queue,
  messages: readonly OutgoingMessage[],
  { sender, at }: { readonly sender: string; readonly at: Date },
): Promise<void> {
  const usual = numberOf(queue.attributes, 'DelaySeconds')
  const sent = messages.map(({ delaySeconds = usual, ...message }): NewQueueMessage => {
    return { ...message, sender, sentAt: at, visibleAt: new Date(at.getTime() + delaySeconds * second) }
  })
  await tx.queues.send(queue, sent, endOf(queue, at))
}

/** When a message that was sent at a time goes, received or not. */
export function endOf({ attributes }: Queue, sentAt: Date): Date {
  return new Date(sentAt.getTime() + numberOf(attributes, 'MessageRetentionPeriod') * second)
}
