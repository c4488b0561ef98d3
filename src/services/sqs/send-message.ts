import type { SendMessageRequest, SendMessageResult } from '@aws-sdk/client-sqs'
import { digestOfAttributes, digestOfBody } from '../../messaging/queues/digests.ts'
import { findQueue } from '../../messaging/queues/queues.ts'
import { type OutgoingMessage, sendMessages } from '../../messaging/queues/send-messages.ts'
import { readQueueMessage } from './read-message.ts'
import { onQueue, queueAt } from './requested-queue.ts'
import type { SqsAction } from './sqs-action.ts'

/** @see Amazon SQS API reference, SendMessage */
export const sendMessage: SqsAction<SendMessageRequest, SendMessageResult> = {
  operation: 'SendMessage',
  permissions: (input, call) => onQueue('sqs:SendMessage', queueAt(input.QueueUrl, call)),
  async run(input, call, { messaging: { metadata, now, newId } }) {
    return metadata.write(async (tx) => {
      const queue = await findQueue(tx.queues, queueAt(input.QueueUrl, call))
      const message = { ...readQueueMessage(queue, input), messageId: newId() }
      await sendMessages(tx, queue, [message], { sender: call.caller.userId, at: now() })
      return sentShape(message)
    })
  },
}

/** What is answered for a message that was sent: the client compares it with what it meant. */
export function sentShape({ messageId, body, attributes }: OutgoingMessage) {
  const digest = digestOfAttributes(attributes)
  return {
    MessageId: messageId,
    MD5OfMessageBody: digestOfBody(body),
    ...(digest !== undefined && { MD5OfMessageAttributes: digest }),
  }
}
