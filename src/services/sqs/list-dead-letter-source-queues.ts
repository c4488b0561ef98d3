import type { ListDeadLetterSourceQueuesRequest, ListDeadLetterSourceQueuesResult } from '@aws-sdk/client-sqs'
import type { RegistryKey } from '../../core/names/registry-key.ts'
import { type Queue, queueArn } from '../../core/queues/queue.ts'
import { redriveOf } from '../../core/queues/queue-attributes.ts'
import { findQueue } from '../../messaging/queues/queues.ts'
import type { QueueReader } from '../../stores/metadata/queues.ts'
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
      read: (limit) => sourcesOf(metadata.queues, call.registry, { arn: queueArn(target), after, limit }),
      positionOf: (last) => last.name,
    })
    const queueUrls = rows.map((queue) => queueUrl(queue, call))
    return { queueUrls, ...(nextToken !== undefined && { NextToken: nextToken }) }
  },
}

/** So many queues, however many others lie between them. */
async function sourcesOf(
  queues: QueueReader,
  registry: RegistryKey,
  { arn, after, limit }: { readonly arn: string; readonly after: string | undefined; readonly limit: number },
): Promise<readonly Queue[]> {
  const page = await queues.queues(registry, { after, limit: mostQueues })
  const found = page.filter(({ attributes }) => redriveOf(attributes)?.deadLetterArn === arn).slice(0, limit)
  if (found.length === limit || page.length < mostQueues) return found
  const rest = { arn, after: page.at(-1)?.name, limit: limit - found.length }
  return [...found, ...(await sourcesOf(queues, registry, rest))]
}
