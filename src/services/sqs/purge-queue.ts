import type { PurgeQueueRequest } from '@aws-sdk/client-sqs'
import { findQueue } from '../../messaging/queues/queues.ts'
import { onQueue, queueAt } from './requested-queue.ts'
import type { SqsAction } from './sqs-action.ts'

/** @see Amazon SQS API reference, PurgeQueue */
export const purgeQueue: SqsAction<PurgeQueueRequest, object> = {
  operation: 'PurgeQueue',
  permissions: (input, call) => onQueue('sqs:PurgeQueue', queueAt(input.QueueUrl, call)),
  async run(input, call, { messaging: { metadata } }) {
    await metadata.write(async (tx) => {
      await tx.queues.purge(await findQueue(tx.queues, queueAt(input.QueueUrl, call)))
    })
    return {}
  },
}
