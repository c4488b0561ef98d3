import type { ApiDestination, ApiDestinationState } from '@aws-sdk/client-eventbridge'
import {
  type ApiDestinationContent,
  apiDestinationArn,
  parseThingArn,
} from '../../messaging/destinations/api-destination.ts'
import { connectionState } from '../../messaging/destinations/connection.ts'
import type { DestinationReader, NamedThing } from '../../stores/metadata/destinations.ts'

/** What an API destination is made of: whoever keeps one says so by its type. */
export function destinationContent({ content }: NamedThing): ApiDestinationContent {
  return content as ApiDestinationContent
}

/** Whether calls can be made: by a connection that is authorized alone. */
export async function apiDestinationState(
  destinations: DestinationReader,
  { connection: arn }: Pick<ApiDestinationContent, 'connection'>,
): Promise<ApiDestinationState> {
  const named = parseThingArn(arn)
  const connection = named && (await destinations.find(named))
  const isGood = connection?.id === named?.id && connection && connectionState(connection) === 'AUTHORIZED'
  return isGood ? 'ACTIVE' : 'INACTIVE'
}

/** An API destination as EventBridge lists it. */
export async function apiDestinationShape(
  destinations: DestinationReader,
  thing: NamedThing,
): Promise<ApiDestination> {
  const content = destinationContent(thing)
  const { connection, endpoint, method, rate } = content
  return {
    ApiDestinationArn: apiDestinationArn(thing),
    Name: thing.name,
    ApiDestinationState: await apiDestinationState(destinations, content),
    ConnectionArn: connection,
    InvocationEndpoint: endpoint,
    HttpMethod: method,
    InvocationRateLimitPerSecond: rate,
    CreationTime: thing.createdAt,
    LastModifiedTime: thing.changedAt,
  }
}
