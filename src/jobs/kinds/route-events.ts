import type { Messaging } from '../../messaging/messaging.ts'
import { routeEvents } from '../../messaging/route-events.ts'
import type { JobKind } from '../job-kind.ts'

/** Holds events against the rules, a moment after they happened. */
export function routeEventsKind(messaging: Messaging): JobKind {
  return {
    name: 'route-events',
    // Whoever tells of something adds no job: a row that all of them would write is one that all of them would wait for.
    isWanted: async () => (await messaging.metadata.events.waiting(1)).length > 0,
    async run({ signal }) {
      await routeEvents(messaging, signal)
      return undefined
    },
  }
}
