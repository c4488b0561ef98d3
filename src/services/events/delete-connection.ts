import type { DeleteConnectionRequest, DeleteConnectionResponse } from '@aws-sdk/client-eventbridge'
import { connectionArn } from '../../messaging/destinations/connection.ts'
import type { EventsAction } from './events-action.ts'
import { connectionNotFound, onThing, requestedThing } from './requested-thing.ts'

/** @see Amazon EventBridge API reference, DeleteConnection */
export const deleteConnection: EventsAction<DeleteConnectionRequest, DeleteConnectionResponse> = {
  operation: 'DeleteConnection',
  permissions: onThing('events:DeleteConnection', 'connection'),
  async run(input, call, { messaging: { metadata } }) {
    return metadata.write(async (tx) => {
      const thing = await tx.destinations.find(requestedThing('connection', input.Name, call))
      if (thing === undefined) throw connectionNotFound(input.Name)
      await tx.destinations.delete(thing)
      return {
        ConnectionArn: connectionArn(thing),
        ConnectionState: 'DELETING',
        CreationTime: thing.createdAt,
        LastModifiedTime: thing.changedAt,
        LastAuthorizedTime: thing.changedAt,
      }
    })
  },
}
