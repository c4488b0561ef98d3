import type {
  ChangeMessageVisibilityBatchRequest,
  ChangeMessageVisibilityBatchResult,
} from '@aws-sdk/client-sqs'
import { findQueue } from '../../messaging/queues/queues.ts'
import { eachEntry, failures } from './batch.ts'
import { hideLonger } from './change-message-visibility.ts'
import { sqsFaults } from './faults.ts'
import { onQueue, queueAt } from './requested-queue.ts'
import type { SqsAction } from './sqs-action.ts'

/** @see Amazon SQS API reference, ChangeMessageVisibilityBatch */
export const changeMessageVisibilityBatch: SqsAction<
  ChangeMessageVisibilityBatchRequest,
  ChangeMessageVisibilityBatchResult
> = {
  operation: 'ChangeMessageVisibilityBatch',
  permissions: (input, call) => onQueue('sqs:ChangeMessageVisibility', queueAt(input.QueueUrl, call)),
  async run(input, call, { messaging: { metadata, now } }) {
    const answered = await metadata.write(async (tx) => {
      const queue = await findQueue(tx.queues, queueAt(input.QueueUrl, call))
      return eachEntry(input.Entries, (entry) => hideLonger(tx, queue, entry, now()))
    })
    return {
      Successful: answered.flatMap((one) => ('refusal' in one ? [] : [{ Id: one.entry.Id }])),
      Failed: failures(answered, sqsFaults),
    }
  },
}
