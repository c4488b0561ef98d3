import type { DeleteMessageRequest } from '@aws-sdk/client-sqs'
import { findQueue } from '../../messaging/queues/queues.ts'
import { readReceipt } from './receipt-handle.ts'
import { onQueue, queueAt } from './requested-queue.ts'
import type { SqsAction } from './sqs-action.ts'

/** Deletes a message that was received; one that is gone is no error. @see Amazon SQS API reference, DeleteMessage */
export const deleteMessage: SqsAction<DeleteMessageRequest, object> = {
  operation: 'DeleteMessage',
  permissions: (input, call) => onQueue('sqs:DeleteMessage', queueAt(input.QueueUrl, call)),
  async run(input, call, { messaging: { metadata } }) {
    const receipt = readReceipt(input.ReceiptHandle)
    await metadata.write(async (tx) => {
      await tx.queues.delete(await findQueue(tx.queues, queueAt(input.QueueUrl, call)), receipt)
    })
    return {}
  },
}
