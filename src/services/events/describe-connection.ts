import type { DescribeConnectionRequest, DescribeConnectionResponse } from '@aws-sdk/client-eventbridge'
import { findConnection } from '../../messaging/destinations/connection.ts'
import { connectionShape } from './connection-shape.ts'
import type { EventsAction } from './events-action.ts'
import { connectionNotFound, onThing } from './requested-thing.ts'

/** @see Amazon EventBridge API reference, DescribeConnection */
export const describeConnection: EventsAction<DescribeConnectionRequest, DescribeConnectionResponse> = {
  operation: 'DescribeConnection',
  permissions: onThing('events:DescribeConnection', 'connection'),
  async run(input, call, { messaging }) {
    const { destinations } = messaging.metadata
    const connection = await findConnection(messaging, destinations, call.registry, input.Name)
    if (connection === undefined) throw connectionNotFound(input.Name)
    return connectionShape(connection)
  },
}
