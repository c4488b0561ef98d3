import type { ChangeMessageVisibilityRequest } from '@aws-sdk/client-sqs'
import { MessageNotInFlightError } from '../../core/queues/errors.ts'
import type { Queue } from '../../core/queues/queue.ts'
import { findQueue } from '../../messaging/queues/queues.ts'
import type { MetadataTransaction } from '../../stores/metadata/metadata-store.ts'
import { readReceipt } from './receipt-handle.ts'
import { numberIn, onQueue, queueAt } from './requested-queue.ts'
import type { SqsAction } from './sqs-action.ts'

/** @see Amazon SQS API reference, ChangeMessageVisibility */
export const changeMessageVisibility: SqsAction<ChangeMessageVisibilityRequest, object> = {
  operation: 'ChangeMessageVisibility',
  permissions: (input, call) => onQueue('sqs:ChangeMessageVisibility', queueAt(input.QueueUrl, call)),
  async run(input, call, { messaging: { metadata, now } }) {
    await metadata.write(async (tx) => {
      await hideLonger(tx, await findQueue(tx.queues, queueAt(input.QueueUrl, call)), input, now())
    })
    return {}
  },
}

interface Hiding {
  readonly ReceiptHandle: string
  readonly VisibilityTimeout?: number | undefined
}

/** @throws ReceiptHandleInvalidError, QueueParameterError, MessageNotInFlightError */
export async function hideLonger(
  tx: MetadataTransaction,
  queue: Queue,
  { ReceiptHandle: handle, VisibilityTimeout: timeout }: Hiding,
  now: Date,
): Promise<void> {
  const seconds = numberIn('VisibilityTimeout', timeout, [0, 43_200]) ?? 0
  const visibleAt = new Date(now.getTime() + seconds * 1000)
  if (await tx.queues.hide(queue, readReceipt(handle), { now, visibleAt })) return
  throw new MessageNotInFlightError()
}
