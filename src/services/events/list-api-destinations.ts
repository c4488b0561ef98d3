import type { ListApiDestinationsRequest, ListApiDestinationsResponse } from '@aws-sdk/client-eventbridge'
import type { NamedThing } from '../../stores/metadata/destinations.ts'
import { namePosition } from '../next-token.ts'
import { readPage } from '../page.ts'
import { apiDestinationShape, destinationContent } from './api-destination-shape.ts'
import type { EventsAction } from './events-action.ts'
import { onNothing } from './requested-rule.ts'

const defaultPageSize = 100

/** A page may have fewer than it could where only one connection's are asked for. @see Amazon EventBridge API reference, ListApiDestinations */
export const listApiDestinations: EventsAction<ListApiDestinationsRequest, ListApiDestinationsResponse> = {
  operation: 'ListApiDestinations',
  permissions: onNothing('events:ListApiDestinations'),
  async run(input, call, { messaging: { metadata } }) {
    const { ConnectionArn: connection } = input
    const after = namePosition(call.pages)
    const { rows, nextToken } = await readPage(call, {
      size: input.Limit ?? defaultPageSize,
      read: (limit) =>
        metadata.destinations.list(call.registry, 'api-destination', {
          prefix: input.NamePrefix,
          after,
          limit,
        }),
      positionOf: (last) => last.name,
    })
    const isWanted = (thing: NamedThing) =>
      connection === undefined || destinationContent(thing).connection === connection
    const wanted = rows.filter(isWanted)
    return {
      ApiDestinations: await Promise.all(
        wanted.map((thing) => apiDestinationShape(metadata.destinations, thing)),
      ),
      ...(nextToken !== undefined && { NextToken: nextToken }),
    }
  },
}
