import type { ApiDestination } from '@aws-sdk/client-eventbridge'
import {
  type ApiDestinationContent,
  apiDestinationArn,
} from '../../messaging/destinations/api-destination.ts'
import type { NamedThing } from '../../stores/metadata/destinations.ts'

/** What an API destination is made of: whoever keeps one says so by its type. */
export function destinationContent({ content }: NamedThing): ApiDestinationContent {
  return content as ApiDestinationContent
}

/** An API destination as EventBridge lists it. */
export function apiDestinationShape(thing: NamedThing): ApiDestination {
  const { connection, endpoint, method, rate } = destinationContent(thing)
  return {
    ApiDestinationArn: apiDestinationArn(thing),
    Name: thing.name,
    ApiDestinationState: 'ACTIVE',
    ConnectionArn: connection,
    InvocationEndpoint: endpoint,
    HttpMethod: method,
    InvocationRateLimitPerSecond: rate,
    CreationTime: thing.createdAt,
    LastModifiedTime: thing.changedAt,
  }
}
