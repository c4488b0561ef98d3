import { isPolicy } from '../../core/policies/is-policy.ts'
import { QueueExistsError, QueueNotFoundError } from '../../core/queues/errors.ts'
import { type Queue, type QueueKey, queueArn } from '../../core/queues/queue.ts'
import {
  allAttributes,
  type QueueAttributes,
  withQueueAttributes,
} from '../../core/queues/queue-attributes.ts'
import type { QueueReader } from '../../stores/metadata/queues.ts'
import type { Messaging } from '../messaging.ts'
import { forgetQueueMessagesJob } from './forget-queue-messages.ts'

/** @throws QueueNotFoundError */
export async function findQueue(queues: QueueReader, key: QueueKey): Promise<Queue> {
  const queue = await queues.queue(key)
  if (queue === undefined) throw new QueueNotFoundError()
  return queue
}

/**
 * Makes a queue; one that is there already has to have the attributes that are given.
 *
 * @throws QueueExistsError, UnknownQueueAttributeError, InvalidQueueAttributeError, QueueUnsupportedError
 */
export async function createQueue(
  { metadata, now }: Messaging,
  key: QueueKey,
  given: QueueAttributes,
  tags: ReadonlyMap<string, string>,
): Promise<void> {
  const attributes = withQueueAttributes({}, given, isPolicy)
  await metadata.write(async (tx) => {
    const at = now()
    const isNew = await tx.queues.addQueue({ ...key, attributes, createdAt: at, changedAt: at })
    if (isNew) return tx.arnTags.put(queueArn(key), tags)
    const known = allAttributes((await findQueue(tx.queues, key)).attributes)
    const other = Object.entries(attributes).find(([name, value]) => known[name] !== value)
    if (other !== undefined) throw new QueueExistsError(other[0])
  })
}

/** Sets attributes, which may come of those that are there. @throws QueueNotFoundError, UnknownQueueAttributeError, InvalidQueueAttributeError, QueueUnsupportedError */
export async function changeQueueAttributes(
  { metadata, now }: Messaging,
  key: QueueKey,
  change: (queue: Queue) => QueueAttributes,
): Promise<void> {
  await metadata.write(async (tx) => {
    const queue = await findQueue(tx.queues, key)
    const attributes = withQueueAttributes(queue.attributes, change(queue), isPolicy)
    await tx.queues.changeQueue({ ...queue, attributes, changedAt: now() })
  })
}

/** Deletes a queue; a job frees the space of its messages. @throws QueueNotFoundError */
export async function deleteQueue({ metadata, now }: Messaging, key: QueueKey): Promise<void> {
  await metadata.write(async (tx) => {
    await tx.queues.deleteQueue(await findQueue(tx.queues, key))
    await tx.arnTags.clear(queueArn(key))
    await tx.jobs.add(forgetQueueMessagesJob, now())
  })
}
