import type { TagQueueRequest } from '@aws-sdk/client-sqs'
import { tagConditions } from '../../access/tag-conditions.ts'
import { queueArn } from '../../core/queues/queue.ts'
import { withResourceTags } from '../../core/repositories/resource-tags.ts'
import { findQueue } from '../../messaging/queues/queues.ts'
import { onQueue, queueAt } from './requested-queue.ts'
import type { SqsAction } from './sqs-action.ts'
import { readTags } from './tags.ts'

/** @see Amazon SQS API reference, TagQueue */
export const tagQueue: SqsAction<TagQueueRequest, object> = {
  operation: 'TagQueue',
  permissions: (input, call) =>
    onQueue('sqs:TagQueue', queueAt(input.QueueUrl, call), tagConditions(readTags(input.Tags))),
  async run(input, call, { messaging: { metadata } }) {
    const given = readTags(input.Tags)
    await metadata.write(async (tx) => {
      const arn = queueArn(await findQueue(tx.queues, queueAt(input.QueueUrl, call)))
      withResourceTags(await tx.arnTags.of(arn), given)
      await tx.arnTags.put(arn, given)
    })
    return {}
  },
}
