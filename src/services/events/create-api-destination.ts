import type { CreateApiDestinationRequest, CreateApiDestinationResponse } from '@aws-sdk/client-eventbridge'
import { EventResourceExistsError } from '../../core/events/errors.ts'
import { apiDestinationArn } from '../../messaging/destinations/api-destination.ts'
import { apiDestinationState, destinationContent } from './api-destination-shape.ts'
import type { EventsAction } from './events-action.ts'
import { readApiDestination } from './read-api-destination.ts'
import { onThing, requestedThing } from './requested-thing.ts'

/** @see Amazon EventBridge API reference, CreateApiDestination */
export const createApiDestination: EventsAction<CreateApiDestinationRequest, CreateApiDestinationResponse> = {
  operation: 'CreateApiDestination',
  permissions: onThing('events:CreateApiDestination', 'api-destination'),
  async run(input, call, { messaging: { metadata, now, newId } }) {
    const key = requestedThing('api-destination', input.Name, call)
    const at = now()
    const thing = await metadata.write(async (tx) => {
      const content = await readApiDestination(tx.destinations, input)
      if ((await tx.destinations.find(key)) !== undefined) {
        throw new EventResourceExistsError(`An api-destination '${key.name}' already exists.`)
      }
      const made = { ...key, id: newId(), content, createdAt: at, changedAt: at }
      await tx.destinations.put(made)
      return made
    })
    return {
      ApiDestinationArn: apiDestinationArn(thing),
      ApiDestinationState: await apiDestinationState(metadata.destinations, destinationContent(thing)),
      CreationTime: at,
      LastModifiedTime: at,
    }
  },
}
