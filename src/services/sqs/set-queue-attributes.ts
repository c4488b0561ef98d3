import type { SetQueueAttributesRequest } from '@aws-sdk/client-sqs'
import { changeQueueAttributes } from '../../messaging/queues/queues.ts'
import { keptAttributes } from './kept-attributes.ts'
import { onQueue, queueAt } from './requested-queue.ts'
import type { SqsAction } from './sqs-action.ts'

/** @see Amazon SQS API reference, SetQueueAttributes */
export const setQueueAttributes: SqsAction<SetQueueAttributesRequest, object> = {
  operation: 'SetQueueAttributes',
  permissions: (input, call) => onQueue('sqs:SetQueueAttributes', queueAt(input.QueueUrl, call)),
  async run(input, call, { messaging }) {
    const attributes = await keptAttributes(messaging.metadata, input.Attributes)
    await changeQueueAttributes(messaging, queueAt(input.QueueUrl, call), () => attributes)
    return {}
  },
}
