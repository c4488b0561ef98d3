import { forgetArchivedEvents, forgetArchivedJob } from '../../messaging/archives/forget-archived-events.ts'
import type { Messaging } from '../../messaging/messaging.ts'
import type { JobKind } from '../job-kind.ts'

const hour = 60 * 60 * 1000

/** Deletes archived events when their retention is over. */
export function forgetArchivedEventsKind(messaging: Messaging): JobKind {
  return {
    name: forgetArchivedJob.kind,
    every: hour,
    async run({ signal }) {
      await forgetArchivedEvents(messaging, signal)
      return new Date(messaging.now().getTime() + hour)
    },
  }
}
