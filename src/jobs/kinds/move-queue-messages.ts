import type { Messaging } from '../../messaging/messaging.ts'
import { moveMessagesJobKind, runMove } from '../../messaging/queues/move-messages.ts'
import type { JobKind } from '../job-kind.ts'

/** Moves messages of dead-letter queues to other queues, each move by a job of its own. */
export function moveQueueMessagesKind(messaging: Messaging): JobKind {
  return {
    name: moveMessagesJobKind,
    atOnce: 4,
    run: ({ key, signal }) => runMove(messaging, key, signal),
  }
}
