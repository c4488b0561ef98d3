import type { SendMessageBatchRequest, SendMessageBatchResult } from '@aws-sdk/client-sqs'
import { findQueue } from '../../messaging/queues/queues.ts'
import { sendMessages } from '../../messaging/queues/send-messages.ts'
import { eachEntry, failures, QueueBatchTooLongError } from './batch.ts'
import { sqsFaults, sqsPlainFaults } from './faults.ts'
import { readQueueMessage, sizeOf } from './read-message.ts'
import { onQueue, queueAt } from './requested-queue.ts'
import { sentShape } from './send-message.ts'
import type { SqsAction } from './sqs-action.ts'

/** Bytes of all messages together. */
const mostBytes = 1_048_576

/** @see Amazon SQS API reference, SendMessageBatch */
export const sendMessageBatch: SqsAction<SendMessageBatchRequest, SendMessageBatchResult> = {
  operation: 'SendMessageBatch',
  permissions: (input, call) => onQueue('sqs:SendMessage', queueAt(input.QueueUrl, call)),
  async run(input, call, { messaging: { metadata, now, newId } }) {
    return metadata.write(async (tx) => {
      const queue = await findQueue(tx.queues, queueAt(input.QueueUrl, call))
      const read = await eachEntry(input.Entries, (entry) => ({
        ...readQueueMessage(queue, entry),
        messageId: newId(),
      }))
      const taken = read.flatMap((one) => ('answer' in one ? [one] : []))
      const bytes = taken.reduce((sum, { answer }) => sum + sizeOf(answer), 0)
      if (bytes > mostBytes) throw new QueueBatchTooLongError(mostBytes, bytes)
      const messages = taken.map(({ answer }) => answer)
      await sendMessages(tx, queue, messages, { sender: call.caller.userId, at: now() })
      return {
        Successful: taken.map(({ entry, answer }) => ({ Id: entry.Id, ...sentShape(answer) })),
        Failed: failures(read, { ...sqsFaults, ...sqsPlainFaults }),
      }
    })
  },
}
