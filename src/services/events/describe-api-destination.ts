import type {
  DescribeApiDestinationRequest,
  DescribeApiDestinationResponse,
} from '@aws-sdk/client-eventbridge'
import { apiDestinationShape, destinationContent } from './api-destination-shape.ts'
import type { EventsAction } from './events-action.ts'
import { apiDestinationNotFound, onThing, requestedThing } from './requested-thing.ts'

/** @see Amazon EventBridge API reference, DescribeApiDestination */
export const describeApiDestination: EventsAction<
  DescribeApiDestinationRequest,
  DescribeApiDestinationResponse
> = {
  operation: 'DescribeApiDestination',
  permissions: onThing('events:DescribeApiDestination', 'api-destination'),
  async run(input, call, { messaging: { metadata } }) {
    const thing = await metadata.destinations.find(requestedThing('api-destination', input.Name, call))
    if (thing === undefined) throw apiDestinationNotFound(input.Name)
    const { description } = destinationContent(thing)
    const shape = await apiDestinationShape(metadata.destinations, thing)
    return { ...shape, ...(description !== undefined && { Description: description }) }
  },
}
