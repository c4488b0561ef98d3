import type { ListConnectionsRequest, ListConnectionsResponse } from '@aws-sdk/client-eventbridge'
import type { RegistryKey } from '../../core/names/registry-key.ts'
import {
  type ConnectionContent,
  connectionArn,
  connectionState,
} from '../../messaging/destinations/connection.ts'
import type { DestinationReader, NamedThing } from '../../stores/metadata/destinations.ts'
import { namePosition } from '../next-token.ts'
import { readPage } from '../page.ts'
import type { EventsAction } from './events-action.ts'
import { onNothing } from './requested-rule.ts'

const defaultPageSize = 100

/** Connections by name, or those of one state. @see Amazon EventBridge API reference, ListConnections */
export const listConnections: EventsAction<ListConnectionsRequest, ListConnectionsResponse> = {
  operation: 'ListConnections',
  permissions: onNothing('events:ListConnections'),
  async run(input, call, { messaging: { metadata } }) {
    const { NamePrefix: prefix, ConnectionState: state } = input
    const { rows, nextToken } = await readPage(call, {
      size: input.Limit ?? defaultPageSize,
      read: (limit) =>
        readConnections(metadata.destinations, call.registry, {
          prefix,
          state,
          after: namePosition(call.pages),
          limit,
        }),
      positionOf: (last) => last.name,
    })
    return { Connections: rows.map(toShape), ...(nextToken !== undefined && { NextToken: nextToken }) }
  },
}

/** So many connections of a state, however many of another lie between them. */
async function readConnections(
  destinations: DestinationReader,
  registry: RegistryKey,
  { prefix, state, after, limit }: ConnectionPage,
): Promise<NamedThing[]> {
  const things = await destinations.list(registry, 'connection', { prefix, after, limit })
  const found = things.filter((thing) => state === undefined || connectionState(thing) === state)
  if (things.length < limit || found.length === limit) return found
  const rest = { prefix, state, after: things.at(-1)?.name, limit: limit - found.length }
  return [...found, ...(await readConnections(destinations, registry, rest))]
}

interface ConnectionPage {
  readonly prefix: string | undefined
  readonly state: string | undefined
  readonly after: string | undefined
  readonly limit: number
}

function toShape(thing: NamedThing) {
  const { authorizationType } = thing.content as ConnectionContent
  const state = connectionState(thing)
  return {
    ConnectionArn: connectionArn(thing),
    Name: thing.name,
    ConnectionState: state,
    AuthorizationType: authorizationType,
    CreationTime: thing.createdAt,
    LastModifiedTime: thing.changedAt,
    ...(state === 'AUTHORIZED' && { LastAuthorizedTime: thing.changedAt }),
  }
}
