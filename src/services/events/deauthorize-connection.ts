import type { DeauthorizeConnectionRequest, DeauthorizeConnectionResponse } from '@aws-sdk/client-eventbridge'
import { connectionArn, findConnection, lockConnection } from '../../messaging/destinations/connection.ts'
import type { EventsAction } from './events-action.ts'
import { connectionNotFound, onThing } from './requested-thing.ts'

/** Forgets how a connection proves who calls; it stays, and is good again once it is told anew. @see Amazon EventBridge API reference, DeauthorizeConnection */
export const deauthorizeConnection: EventsAction<
  DeauthorizeConnectionRequest,
  DeauthorizeConnectionResponse
> = {
  operation: 'DeauthorizeConnection',
  permissions: onThing('events:DeauthorizeConnection', 'connection'),
  async run({ Name: name }, call, { messaging }) {
    const { metadata, now } = messaging
    return metadata.write(async (tx) => {
      const known = await findConnection(messaging, tx.destinations, call.registry, name)
      if (known === undefined) throw connectionNotFound(name)
      const { thing } = known
      const emptied = { ...known, state: 'DEAUTHORIZED', stateReason: undefined, auth: {} } as const
      const changedAt = now()
      await tx.destinations.put({ ...thing, content: lockConnection(messaging, thing, emptied), changedAt })
      return {
        ConnectionArn: connectionArn(thing),
        ConnectionState: 'DEAUTHORIZED',
        CreationTime: thing.createdAt,
        LastModifiedTime: changedAt,
      }
    })
  },
}
