import type { DeleteApiDestinationRequest } from '@aws-sdk/client-eventbridge'
import type { EventsAction } from './events-action.ts'
import { apiDestinationNotFound, onThing, requestedThing } from './requested-thing.ts'

/** @see Amazon EventBridge API reference, DeleteApiDestination */
export const deleteApiDestination: EventsAction<DeleteApiDestinationRequest, object> = {
  operation: 'DeleteApiDestination',
  permissions: onThing('events:DeleteApiDestination', 'api-destination'),
  async run(input, call, { messaging: { metadata } }) {
    const key = requestedThing('api-destination', input.Name, call)
    await metadata.write(async (tx) => {
      if ((await tx.destinations.find(key)) === undefined) throw apiDestinationNotFound(input.Name)
      await tx.destinations.delete(key)
    })
    return {}
  },
}
