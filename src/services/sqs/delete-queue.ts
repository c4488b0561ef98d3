import type { DeleteQueueRequest } from '@aws-sdk/client-sqs'
import { deleteQueue as remove } from '../../messaging/queues/queues.ts'
import { onQueue, queueAt } from './requested-queue.ts'
import type { SqsAction } from './sqs-action.ts'

/** @see Amazon SQS API reference, DeleteQueue */
export const deleteQueue: SqsAction<DeleteQueueRequest, object> = {
  operation: 'DeleteQueue',
  permissions: (input, call) => onQueue('sqs:DeleteQueue', queueAt(input.QueueUrl, call)),
  async run(input, call, { messaging }) {
    await remove(messaging, queueAt(input.QueueUrl, call))
    return {}
  },
}
