import { authorizeConnection, authorizeJobKind } from '../../messaging/destinations/authorize-connection.ts'
import type { Messaging } from '../../messaging/messaging.ts'
import type { JobKind } from '../job-kind.ts'

/** Asks the authorization servers of connections whether they give tokens. */
export function authorizeConnectionKind(messaging: Messaging): JobKind {
  return {
    name: authorizeJobKind,
    atOnce: 8,
    async run({ key, signal }) {
      await authorizeConnection(messaging, key, signal)
      return undefined
    },
  }
}
