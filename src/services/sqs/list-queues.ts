import type { ListQueuesRequest, ListQueuesResult } from '@aws-sdk/client-sqs'
import { namePosition } from '../next-token.ts'
import { readPage } from '../page.ts'
import { numberIn, queueUrl } from './requested-queue.ts'
import type { SqsAction } from './sqs-action.ts'

const mostQueues = 1_000

/** @see Amazon SQS API reference, ListQueues */
export const listQueues: SqsAction<ListQueuesRequest, ListQueuesResult> = {
  operation: 'ListQueues',
  permissions: (_input, { registry: { account, region } }) => [
    { action: 'sqs:ListQueues', resource: `arn:aws:sqs:${region}:${account}:*`, owner: account },
  ],
  async run(input, call, { messaging: { metadata } }) {
    const after = namePosition(call.pages)
    const { rows, nextToken } = await readPage(call, {
      size: numberIn('MaxResults', input.MaxResults, [1, mostQueues]) ?? mostQueues,
      read: (limit) => metadata.queues.queues(call.registry, { prefix: input.QueueNamePrefix, after, limit }),
      positionOf: (last) => last.name,
    })
    return {
      ...(rows.length > 0 && { QueueUrls: rows.map((queue) => queueUrl(queue, call)) }),
      // Without MaxResults SQS pages nothing.
      ...(nextToken !== undefined && input.MaxResults !== undefined && { NextToken: nextToken }),
    }
  },
}
