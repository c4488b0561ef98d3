import { setTimeout as wait } from 'node:timers/promises'
import {
  parseQueueArn,
  type Queue,
  type QueueKey,
  type QueueMessage,
  queueArn,
} from '../../core/queues/queue.ts'
import { numberOf, redriveOf } from '../../core/queues/queue-attributes.ts'
import type { MetadataTransaction } from '../../stores/metadata/metadata-store.ts'
import type { Messaging } from '../messaging.ts'
import { findQueue } from './queues.ts'
import { endOf } from './send-messages.ts'

const second = 1_000
/** Milliseconds between two looks of somebody who waits. */
const lookEvery = 250

/** What somebody wants of a queue; what isn't given is as the queue has it. */
export interface ReceiveRequest {
  readonly limit: number
  readonly visibilitySeconds?: number | undefined
  readonly waitSeconds?: number | undefined
}

/**
 * Receives messages, which others don't get for a while: those that are there, or the first that come while one waits. Those that were
 * received too often go to the dead-letter queue instead.
 *
 * @throws QueueNotFoundError
 */
export async function receiveMessages(
  messaging: Messaging,
  key: QueueKey,
  { limit, visibilitySeconds, waitSeconds }: ReceiveRequest,
): Promise<readonly QueueMessage[]> {
  const { attributes } = await findQueue(messaging.metadata.queues, key)
  const patience = (waitSeconds ?? numberOf(attributes, 'ReceiveMessageWaitTimeSeconds')) * second
  const until = performance.now() + patience
  for (;;) {
    const messages = await takeAll(messaging, key, limit, visibilitySeconds)
    const left = until - performance.now()
    if (messages.length > 0 || left <= 0) return messages
    await wait(Math.min(left, lookEvery))
  }
}

async function takeAll(
  messaging: Messaging,
  key: QueueKey,
  limit: number,
  visibilitySeconds: number | undefined,
): Promise<readonly QueueMessage[]> {
  const { metadata, now, newId } = messaging
  // Nobody has to write to see that there is nothing.
  const known = await findQueue(metadata.queues, key)
  if (!(await metadata.queues.hasVisible(known, now()))) return []
  return metadata.write(async (tx) => {
    const queue = await findQueue(tx.queues, key)
    const at = now()
    const hidden = (visibilitySeconds ?? numberOf(queue.attributes, 'VisibilityTimeout')) * second
    const wanted = { limit, now: at, visibleAt: new Date(at.getTime() + hidden), handle: newId() }
    const taken = await tx.queues.take(queue, wanted)
    return withoutDead(tx, queue, taken, at)
  })
}

/** Moves those that were received too often, and keeps the others. */
async function withoutDead(
  tx: MetadataTransaction,
  queue: Queue,
  taken: readonly QueueMessage[],
  now: Date,
): Promise<readonly QueueMessage[]> {
  const redrive = redriveOf(queue.attributes)
  if (redrive === undefined) return taken
  const dead = taken.filter(({ receives }) => receives > redrive.mostReceives)
  const key = parseQueueArn(redrive.deadLetterArn)
  const target = key && (await tx.queues.queue(key))
  if (dead.length === 0 || target === undefined) return taken
  for (const message of dead) {
    const until = endOf(target, message.sentAt)
    await tx.queues.move([message], target, { now, until, source: queueArn(queue) })
  }
  return taken.filter((message) => !dead.includes(message))
}
