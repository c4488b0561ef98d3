import {
  QueueParameterError,
  QueueResourceNotFoundError,
  QueueUnsupportedError,
} from '../../core/queues/errors.ts'
import {
  parseQueueArn,
  type Queue,
  type QueueKey,
  type QueueMessage,
  queueArn,
} from '../../core/queues/queue.ts'
import { isUnderWay, type QueueMove } from '../../core/queues/queue-move.ts'
import type { MetadataTransaction } from '../../stores/metadata/metadata-store.ts'
import type { Messaging } from '../messaging.ts'
import { endOf } from './send-messages.ts'
import { sourceQueues } from './source-queues.ts'

export const moveMessagesJobKind = 'move-queue-messages'

/** As many as are listed. */
const keptMoves = 10
const movedAtOnce = 100
const second = 1_000

/**
 * Has a job move the messages of a dead-letter queue back to where they came from, or to one queue.
 *
 * @throws QueueResourceNotFoundError for either queue
 * @throws QueueParameterError where no queue gives its messages up to this one
 * @throws QueueUnsupportedError while another move is under way
 * @see Amazon SQS API reference, StartMessageMoveTask
 */
export async function startMove(
  { metadata, now, newId }: Messaging,
  key: QueueKey,
  { destination, perSecond }: Pick<QueueMove, 'destination' | 'perSecond'>,
): Promise<QueueMove> {
  return metadata.write(async (tx) => {
    const queue = await requireQueue(tx, key)
    const source = queueArn(queue)
    if (destination !== undefined) await requireQueue(tx, parseQueueArn(destination))
    if ((await sourceQueues(tx.queues, key, { arn: source, limit: 1 })).length === 0) {
      throw new QueueParameterError('Source queue must be configured as a Dead Letter Queue.')
    }
    if ((await tx.queues.moves(queue, keptMoves)).some(isUnderWay)) {
      throw new QueueUnsupportedError(
        'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
      )
    }
    const startedAt = now()
    const { visible: toMove } = await tx.queues.counts(queue, startedAt)
    const facts = { source, destination, perSecond, startedAt, toMove }
    const move: QueueMove = { id: newId(), queueId: queue.id, state: 'RUNNING', moved: 0, ...facts }
    await tx.queues.putMove(move)
    await tx.queues.trimMoves(queue, keptMoves)
    await tx.jobs.add({ kind: moveMessagesJobKind, key: move.id }, startedAt)
    return move
  })
}

/** Has a move end where it is; resolves to how far that was. @throws QueueResourceNotFoundError where none is under way */
export async function cancelMove(
  { metadata }: Messaging,
  { id, source }: Pick<QueueMove, 'id' | 'source'>,
): Promise<QueueMove> {
  return metadata.write(async (tx) => {
    const move = await tx.queues.lockMove(id)
    // Its queue is what the caller has a right to.
    if (move?.source !== source || !isUnderWay(move)) {
      throw new QueueResourceNotFoundError('Task does not exist, or is not running.')
    }
    await tx.queues.putMove({ ...move, state: 'CANCELLING' })
    return move
  })
}

/** Does a move's job, some messages a transaction; resolves to when to go on, if it has its pace. @throws the signal's reason */
export async function runMove(
  { metadata, now, newId }: Messaging,
  id: string,
  signal: AbortSignal,
): Promise<Date | undefined> {
  for (;;) {
    signal.throwIfAborted()
    const move = await metadata.write((tx) => moveSome(tx, id, { now: now(), handle: newId() }))
    if (move?.state !== 'RUNNING') return undefined
    if (move.perSecond !== undefined) return new Date(now().getTime() + second)
  }
}

async function moveSome(
  tx: MetadataTransaction,
  id: string,
  { now, handle }: { readonly now: Date; readonly handle: string },
): Promise<QueueMove | undefined> {
  const move = await tx.queues.lockMove(id)
  if (move === undefined || !isUnderWay(move)) return undefined
  const key = parseQueueArn(move.source)
  const queue = key && (await tx.queues.queue(key))
  if (queue?.id !== move.queueId) return undefined
  const next =
    move.state === 'CANCELLING'
      ? { ...move, state: 'CANCELLED' as const }
      : await step(tx, move, queue, { now, handle })
  await tx.queues.putMove(next)
  return next
}

async function step(
  tx: MetadataTransaction,
  move: QueueMove,
  queue: Queue,
  { now, handle }: { readonly now: Date; readonly handle: string },
): Promise<QueueMove> {
  // What can't be moved after all stays where it can be received.
  const wanted = { limit: move.perSecond ?? movedAtOnce, now, visibleAt: now, handle }
  const messages = await tx.queues.take(queue, wanted)
  if (messages.length === 0) return { ...move, state: 'COMPLETED' }
  const byDestination = Map.groupBy(messages, ({ source }: QueueMessage) => move.destination ?? source)
  let { moved } = move
  for (const [arn, some] of byDestination) {
    const key = arn === undefined ? undefined : parseQueueArn(arn)
    const target = key && (await tx.queues.queue(key))
    if (target === undefined) return { ...move, moved, state: 'FAILED', failure: failureOf(arn) }
    await tx.queues.move(some, target, { now, until: endOf(target, now), source: null })
    moved += some.length
  }
  return { ...move, moved }
}

/** Dead letters of rules and topics came from no queue. */
function failureOf(arn: string | undefined): string {
  return arn === undefined ? 'CouldNotDetermineMessageSource' : 'AWS.SimpleQueueService.NonExistentQueue'
}

async function requireQueue(tx: MetadataTransaction, key: QueueKey | undefined): Promise<Queue> {
  const queue = key && (await tx.queues.queue(key))
  if (queue === undefined) {
    throw new QueueResourceNotFoundError(
      "The resource that you specified for the SourceArn or DestinationArn parameter doesn't exist.",
    )
  }
  return queue
}
