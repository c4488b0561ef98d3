import type { SendingService } from '../../core/events/sending.ts'
import { parseQueueArn, queueArn } from '../../core/queues/queue.ts'
import type { Messaging } from '../messaging.ts'
import { type OutgoingMessage, sendMessages } from '../queues/send-messages.ts'
import { type Outcome, refused } from './outcome.ts'

/** Puts a message into a queue for a service, as the queue's policy says. */
export async function sendToQueue(
  { metadata, now, newId, maySend }: Messaging,
  arn: string,
  message: Omit<OutgoingMessage, 'messageId'>,
  sender: SendingService,
): Promise<Outcome> {
  const key = parseQueueArn(arn)
  const queue = key && (await metadata.queues.queue(key))
  if (queue === undefined) return refused('The specified queue does not exist.')
  const { account: owner } = queue
  if (!(await maySend({ action: 'sqs:SendMessage', resource: queueArn(queue), owner, sender }))) {
    return refused(
      `The policy of ${queueArn(queue)} does not let ${sender.service} send messages for ${sender.source}`,
    )
  }
  const messageId = newId()
  return {
    kind: 'delivered',
    answer: `Sent as ${messageId}`,
    effect: (tx) =>
      sendMessages(tx, queue, [{ ...message, messageId }], { sender: sender.service, at: now() }),
  }
}
