import type { ListQueueTagsRequest, ListQueueTagsResult } from '@aws-sdk/client-sqs'
import { queueArn } from '../../core/queues/queue.ts'
import { findQueue } from '../../messaging/queues/queues.ts'
import { onQueue, queueAt } from './requested-queue.ts'
import type { SqsAction } from './sqs-action.ts'

/** @see Amazon SQS API reference, ListQueueTags */
export const listQueueTags: SqsAction<ListQueueTagsRequest, ListQueueTagsResult> = {
  operation: 'ListQueueTags',
  permissions: (input, call) => onQueue('sqs:ListQueueTags', queueAt(input.QueueUrl, call)),
  async run(input, call, { messaging: { metadata } }) {
    const queue = await findQueue(metadata.queues, queueAt(input.QueueUrl, call))
    return { Tags: Object.fromEntries(await metadata.arnTags.of(queueArn(queue))) }
  },
}
