import type { ListConnectionsRequest, ListConnectionsResponse } from '@aws-sdk/client-eventbridge'
import { type ConnectionContent, connectionArn } from '../../messaging/destinations/connection.ts'
import type { NamedThing } from '../../stores/metadata/destinations.ts'
import { namePosition } from '../next-token.ts'
import { readPage } from '../page.ts'
import type { EventsAction } from './events-action.ts'
import { onNothing } from './requested-rule.ts'

const defaultPageSize = 100

/** Every connection is authorised here: one that isn't yet does not exist. @see Amazon EventBridge API reference, ListConnections */
export const listConnections: EventsAction<ListConnectionsRequest, ListConnectionsResponse> = {
  operation: 'ListConnections',
  permissions: onNothing('events:ListConnections'),
  async run(input, call, { messaging: { metadata } }) {
    const after = namePosition(call.pages)
    const isWanted = (input.ConnectionState ?? 'AUTHORIZED') === 'AUTHORIZED'
    const { rows, nextToken } = await readPage(call, {
      size: input.Limit ?? defaultPageSize,
      read: async (limit) =>
        isWanted
          ? metadata.destinations.list(call.registry, 'connection', {
              prefix: input.NamePrefix,
              after,
              limit,
            })
          : [],
      positionOf: (last) => last.name,
    })
    return { Connections: rows.map(toShape), ...(nextToken !== undefined && { NextToken: nextToken }) }
  },
}

function toShape(thing: NamedThing) {
  // Whoever keeps a connection says by its type what it is made of.
  const { authorizationType } = thing.content as ConnectionContent
  return {
    ConnectionArn: connectionArn(thing),
    Name: thing.name,
    ConnectionState: 'AUTHORIZED' as const,
    AuthorizationType: authorizationType,
    CreationTime: thing.createdAt,
    LastModifiedTime: thing.changedAt,
    LastAuthorizedTime: thing.changedAt,
  }
}
