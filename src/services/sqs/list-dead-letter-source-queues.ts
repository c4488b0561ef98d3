import type { ListDeadLetterSourceQueuesRequest, ListDeadLetterSourceQueuesResult } from '@aws-sdk/client-sqs'
import { queueArn } from '../../core/queues/queue.ts'
import { findQueue } from '../../messaging/queues/queues.ts'
import { sourceQueues } from '../../messaging/queues/source-queues.ts'
import { namePosition } from '../next-token.ts'
import { readPage } from '../page.ts'
import { numberIn, onQueue, queueAt, queueUrl } from './requested-queue.ts'
import type { SqsAction } from './sqs-action.ts'

const mostQueues = 1_000

/** The queues whose messages end in this one. @see Amazon SQS API reference, ListDeadLetterSourceQueues */
export const listDeadLetterSourceQueues: SqsAction<
  ListDeadLetterSourceQueuesRequest,
  ListDeadLetterSourceQueuesResult
> = {
  operation: 'ListDeadLetterSourceQueues',
  permissions: (input, call) => onQueue('sqs:ListDeadLetterSourceQueues', queueAt(input.QueueUrl, call)),
  async run(input, call, { messaging: { metadata } }) {
    const target = await findQueue(metadata.queues, queueAt(input.QueueUrl, call))
    const after = namePosition(call.pages)
    const { rows, nextToken } = await readPage(call, {
      size: numberIn('MaxResults', input.MaxResults, [1, mostQueues]) ?? mostQueues,
      read: (limit) => sourceQueues(metadata.queues, call.registry, { arn: queueArn(target), after, limit }),
      positionOf: (last) => last.name,
    })
    const queueUrls = rows.map((queue) => queueUrl(queue, call))
    return { queueUrls, ...(nextToken !== undefined && { NextToken: nextToken }) }
  },
}
