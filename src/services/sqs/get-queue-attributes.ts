import type { GetQueueAttributesRequest, GetQueueAttributesResult } from '@aws-sdk/client-sqs'
import { showPolicy } from '../../access/iam/policy-principals.ts'
import { UnknownQueueAttributeError } from '../../core/queues/errors.ts'
import { type Queue, queueArn } from '../../core/queues/queue.ts'
import { allAttributes, type QueueAttributes } from '../../core/queues/queue-attributes.ts'
import { findQueue } from '../../messaging/queues/queues.ts'
import type { QueueCounts } from '../../stores/metadata/queues.ts'
import { onQueue, queueAt } from './requested-queue.ts'
import type { SqsAction } from './sqs-action.ts'

/** @see Amazon SQS API reference, GetQueueAttributes */
export const getQueueAttributes: SqsAction<GetQueueAttributesRequest, GetQueueAttributesResult> = {
  operation: 'GetQueueAttributes',
  permissions: (input, call) => onQueue('sqs:GetQueueAttributes', queueAt(input.QueueUrl, call)),
  async run(input, call, { messaging: { metadata, now } }) {
    const queue = await findQueue(metadata.queues, queueAt(input.QueueUrl, call))
    const { Policy: kept } = queue.attributes
    const all = {
      ...shown(queue, await metadata.queues.counts(queue, now())),
      ...(kept !== undefined && { Policy: await showPolicy(metadata, kept) }),
    }
    const names: readonly string[] = input.AttributeNames ?? []
    if (names.length === 0) return {}
    if (names.includes('All')) return { Attributes: all }
    return { Attributes: Object.fromEntries(names.flatMap((name) => one(all, name))) }
  },
}

/** An attribute that was never set, such as a policy, is left out. @throws UnknownQueueAttributeError */
function one(all: QueueAttributes, name: string): [string, string][] {
  const value = all[name]
  if (value !== undefined) return [[name, value]]
  if (!optional.includes(name)) throw new UnknownQueueAttributeError(name)
  return []
}

const optional: readonly string[] = [
  'Policy',
  'RedrivePolicy',
  'RedriveAllowPolicy',
  'FifoQueue',
  'ContentBasedDeduplication',
  'DeduplicationScope',
  'FifoThroughputLimit',
  'KmsMasterKeyId',
  'KmsDataKeyReusePeriodSeconds',
]

function shown(queue: Queue, { visible, inFlight, delayed }: QueueCounts): Record<string, string> {
  return {
    ...allAttributes(queue.attributes),
    QueueArn: queueArn(queue),
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    CreatedTimestamp: seconds(queue.createdAt),
    LastModifiedTimestamp: seconds(queue.changedAt),
  }
}

function seconds(time: Date): string {
  return String(Math.floor(time.getTime() / 1000))
}
