import type { UpdateApiDestinationRequest, UpdateApiDestinationResponse } from '@aws-sdk/client-eventbridge'
import { apiDestinationArn } from '../../messaging/destinations/api-destination.ts'
import { apiDestinationState, destinationContent } from './api-destination-shape.ts'
import type { EventsAction } from './events-action.ts'
import { readApiDestination } from './read-api-destination.ts'
import { apiDestinationNotFound, onThing, requestedThing } from './requested-thing.ts'

/** What isn't given stays. @see Amazon EventBridge API reference, UpdateApiDestination */
export const updateApiDestination: EventsAction<UpdateApiDestinationRequest, UpdateApiDestinationResponse> = {
  operation: 'UpdateApiDestination',
  permissions: onThing('events:UpdateApiDestination', 'api-destination'),
  async run(input, call, { messaging: { metadata, now } }) {
    return metadata.write(async (tx) => {
      const thing = await tx.destinations.find(requestedThing('api-destination', input.Name, call))
      if (thing === undefined) throw apiDestinationNotFound(input.Name)
      const { description, connection, endpoint, method, rate } = destinationContent(thing)
      const before = {
        Description: description,
        ConnectionArn: connection,
        InvocationEndpoint: endpoint,
        HttpMethod: method,
        InvocationRateLimitPerSecond: rate,
      }
      const content = await readApiDestination(tx.destinations, { ...before, ...input })
      const changedAt = now()
      await tx.destinations.put({ ...thing, content, changedAt })
      return {
        ApiDestinationArn: apiDestinationArn(thing),
        ApiDestinationState: await apiDestinationState(tx.destinations, content),
        CreationTime: thing.createdAt,
        LastModifiedTime: changedAt,
      }
    })
  },
}
