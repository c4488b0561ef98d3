import type { DeleteMessageBatchRequest, DeleteMessageBatchResult } from '@aws-sdk/client-sqs'
import { findQueue } from '../../messaging/queues/queues.ts'
import { eachEntry, failures } from './batch.ts'
import { sqsFaults } from './faults.ts'
import { readReceipt } from './receipt-handle.ts'
import { onQueue, queueAt } from './requested-queue.ts'
import type { SqsAction } from './sqs-action.ts'

/** @see Amazon SQS API reference, DeleteMessageBatch */
export const deleteMessageBatch: SqsAction<DeleteMessageBatchRequest, DeleteMessageBatchResult> = {
  operation: 'DeleteMessageBatch',
  permissions: (input, call) => onQueue('sqs:DeleteMessage', queueAt(input.QueueUrl, call)),
  async run(input, call, { messaging: { metadata } }) {
    const answered = await metadata.write(async (tx) => {
      const queue = await findQueue(tx.queues, queueAt(input.QueueUrl, call))
      return eachEntry(input.Entries, ({ ReceiptHandle }) =>
        tx.queues.delete(queue, readReceipt(ReceiptHandle)),
      )
    })
    return {
      Successful: answered.flatMap((one) => ('refusal' in one ? [] : [{ Id: one.entry.Id }])),
      Failed: failures(answered, sqsFaults),
    }
  },
}
