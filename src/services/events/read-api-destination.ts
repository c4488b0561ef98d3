import { EventsValidationError } from '../../core/events/errors.ts'
import {
  type ApiDestinationContent,
  type ApiMethod,
  parseThingArn,
} from '../../messaging/destinations/api-destination.ts'
import type { DestinationReader } from '../../stores/metadata/destinations.ts'
import { connectionNotFound } from './requested-thing.ts'

const methods: readonly string[] = ['POST', 'GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'] satisfies ApiMethod[]
const defaultRate = 300

interface GivenDestination {
  readonly Description?: string | undefined
  readonly ConnectionArn: string
  readonly InvocationEndpoint: string
  readonly HttpMethod: string
  readonly InvocationRateLimitPerSecond?: number | undefined
}

/** @throws EventsValidationError, EventResourceNotFoundError for its connection */
export async function readApiDestination(
  destinations: DestinationReader,
  given: GivenDestination,
): Promise<ApiDestinationContent> {
  const { ConnectionArn: connection, InvocationEndpoint: endpoint, HttpMethod: method } = given
  const url = URL.parse(endpoint.replaceAll('*', 'x'))
  if (url === null || !['http:', 'https:'].includes(url.protocol) || url.username !== '') {
    throw new EventsValidationError('Parameter InvocationEndpoint is not valid.')
  }
  if (!isMethod(method)) {
    throw new EventsValidationError(
      `Parameter HttpMethod is not valid. Reason: Berth does not offer ${method}.`,
    )
  }
  const named = parseThingArn(connection)
  if (named?.kind !== 'connection') throw new EventsValidationError('Parameter ConnectionArn is not valid.')
  const found = await destinations.find(named)
  if (found?.id !== named.id) throw connectionNotFound(named.name)
  const rate = given.InvocationRateLimitPerSecond ?? defaultRate
  return { description: given.Description, connection, endpoint, method, rate }
}

function isMethod(text: string): text is ApiMethod {
  return methods.includes(text)
}
