import type { Messaging } from '../../messaging/messaging.ts'
import { forgetQueueMessages, forgetQueueMessagesJob } from '../../messaging/queues/forget-queue-messages.ts'
import type { JobKind } from '../job-kind.ts'

const hour = 60 * 60 * 1000

/** Deletes messages of queues when their retention is over. */
export function forgetQueueMessagesKind(messaging: Messaging): JobKind {
  return {
    name: forgetQueueMessagesJob.kind,
    every: hour,
    async run({ signal }) {
      await forgetQueueMessages(messaging, signal)
      return new Date(messaging.now().getTime() + hour)
    },
  }
}
