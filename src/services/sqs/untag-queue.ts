import type { UntagQueueRequest } from '@aws-sdk/client-sqs'
import { queueArn } from '../../core/queues/queue.ts'
import { findQueue } from '../../messaging/queues/queues.ts'
import { onQueue, queueAt } from './requested-queue.ts'
import type { SqsAction } from './sqs-action.ts'

/** @see Amazon SQS API reference, UntagQueue */
export const untagQueue: SqsAction<UntagQueueRequest, object> = {
  operation: 'UntagQueue',
  permissions: (input, call) =>
    onQueue('sqs:UntagQueue', queueAt(input.QueueUrl, call), { 'aws:TagKeys': input.TagKeys }),
  async run(input, call, { messaging: { metadata } }) {
    await metadata.write(async (tx) => {
      const queue = await findQueue(tx.queues, queueAt(input.QueueUrl, call))
      await tx.arnTags.remove(queueArn(queue), input.TagKeys)
    })
    return {}
  },
}
