import type { GetQueueUrlRequest, GetQueueUrlResult } from '@aws-sdk/client-sqs'
import { findQueue } from '../../messaging/queues/queues.ts'
import { onQueue, queueNamed, queueUrl } from './requested-queue.ts'
import type { SqsAction } from './sqs-action.ts'

/** @see Amazon SQS API reference, GetQueueUrl */
export const getQueueUrl: SqsAction<GetQueueUrlRequest, GetQueueUrlResult> = {
  operation: 'GetQueueUrl',
  permissions: (input, call) =>
    onQueue('sqs:GetQueueUrl', queueNamed(input.QueueName, call, input.QueueOwnerAWSAccountId)),
  async run(input, call, { messaging: { metadata } }) {
    const key = queueNamed(input.QueueName, call, input.QueueOwnerAWSAccountId)
    return { QueueUrl: queueUrl(await findQueue(metadata.queues, key), call) }
  },
}
