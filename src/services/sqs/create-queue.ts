import type { CreateQueueRequest, CreateQueueResult } from '@aws-sdk/client-sqs'
import { tagConditions } from '../../access/tag-conditions.ts'
import { QueueUnsupportedError } from '../../core/queues/errors.ts'
import { createQueue as create } from '../../messaging/queues/queues.ts'
import { keptAttributes } from './kept-attributes.ts'
import { onQueue, queueNamed, queueUrl } from './requested-queue.ts'
import type { SqsAction } from './sqs-action.ts'
import { readTags } from './tags.ts'

/** Makes a standard queue; doing it again answers the same. @see Amazon SQS API reference, CreateQueue */
export const createQueue: SqsAction<CreateQueueRequest, CreateQueueResult> = {
  operation: 'CreateQueue',
  permissions(input, call) {
    refuseFifo(input.QueueName)
    const key = queueNamed(input.QueueName, call)
    const context = tagConditions(readTags(input.tags))
    const creation = onQueue('sqs:CreateQueue', key, context)
    return input.tags ? [...creation, ...onQueue('sqs:TagQueue', key, context)] : creation
  },
  async run(input, call, { messaging }) {
    const key = queueNamed(input.QueueName, call)
    const attributes = await keptAttributes(messaging.metadata, input.Attributes ?? {})
    await create(messaging, key, attributes, readTags(input.tags))
    return { QueueUrl: queueUrl(key, call) }
  },
}

function refuseFifo(name: string): void {
  if (name.endsWith('.fifo')) throw new QueueUnsupportedError('Berth has no FIFO queues.')
}
