import type { RegistryKey } from '../../core/names/registry-key.ts'
import type { NewQueueMessage, Queue, QueueKey, QueueMessage } from '../../core/queues/queue.ts'
import type { QueueMove } from '../../core/queues/queue-move.ts'
import type { NamePage } from './rules.ts'

/** How many messages of a queue can be received, were received and not yet deleted, or are held back. */
export interface QueueCounts {
  readonly visible: number
  readonly inFlight: number
  readonly delayed: number
}

/** A message that somebody has received, by what they were given. */
export interface Receipt {
  readonly id: number
  readonly handle: string
}

/** What is in queues, by queue. */
export interface QueueMessageReader {
  counts(queue: Queue, now: Date): Promise<QueueCounts>
  /** Whether a message can be received now. */
  hasVisible(queue: Queue, now: Date): Promise<boolean>
}

export interface QueueMessageWriter {
  /** @param until when they go, received or not */
  send(queue: Queue, messages: readonly NewQueueMessage[], until: Date): Promise<void>
  /** Takes at most so many messages that can be received now; nobody else gets them before `visibleAt`. */
  take(
    queue: Queue,
    wanted: { readonly limit: number; readonly now: Date; readonly visibleAt: Date; readonly handle: string },
  ): Promise<QueueMessage[]>
  /**
   * Moves messages to another queue, where they can be received at once.
   *
   * @param how.source the ARN of the queue that gave them up, where one did
   */
  move(
    messages: readonly QueueMessage[],
    to: Queue,
    how: { readonly now: Date; readonly until: Date; readonly source: string | null },
  ): Promise<void>
  /** Deletes a message that was received last with this handle. */
  delete(queue: Queue, receipt: Receipt): Promise<void>
  /** Says when others can receive it; resolves to false if it isn't in flight. */
  hide(
    queue: Queue,
    receipt: Receipt,
    when: { readonly now: Date; readonly visibleAt: Date },
  ): Promise<boolean>
  /** Deletes all messages. */
  purge(queue: Queue): Promise<void>
  /** Deletes at most so many messages whose time is over, or that were of deleted queues; resolves to how many it found. */
  forget(now: Date, limit: number): Promise<number>
}

/** Moves of all messages of a queue to another. */
export interface QueueMoveReader {
  /** Moves of a queue's messages, latest first. */
  moves(queue: Queue, limit: number): Promise<QueueMove[]>
}

export interface QueueMoveWriter {
  /** A move, which nobody else changes until the transaction ends. */
  lockMove(id: string): Promise<QueueMove | undefined>
  putMove(move: QueueMove): Promise<void>
  /** Forgets all moves of a queue but the latest. */
  trimMoves(queue: Queue, keep: number): Promise<void>
}

export interface QueueReader extends QueueMessageReader, QueueMoveReader {
  queue(key: QueueKey): Promise<Queue | undefined>
  queues(registry: RegistryKey, page: NamePage): Promise<Queue[]>
}

export interface QueueWriter extends QueueMessageWriter, QueueMoveWriter {
  /** Resolves to false, and does nothing, if there is one of this name. */
  addQueue(queue: Omit<Queue, 'id'>): Promise<boolean>
  /** Changes attributes. */
  changeQueue(queue: Queue): Promise<void>
  /** Deletes a queue; its messages, which nobody finds any more, go with `forget`. */
  deleteQueue(queue: Queue): Promise<void>
}
