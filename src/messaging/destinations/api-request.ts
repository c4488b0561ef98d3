import { parseJsonPath, valueAt } from '../../core/event-input/json-path.ts'
import { isObject } from '../../core/event-patterns/leaf.ts'
import type { HttpParameters } from '../../core/events/target.ts'
import type { ApiDestinationContent } from './api-destination.ts'
import { type AuthParameters, pairsOf } from './connection.ts'

/** A call of an API destination, ready to be sent. */
export interface ApiRequest {
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  /** The value of the Authorization header, where there is one. */
  readonly authorization?: string | undefined
  readonly body: string
}

interface Parts {
  readonly destination: ApiDestinationContent
  readonly auth: AuthParameters
  /** The value of the Authorization header that OAuth brought. */
  readonly token?: string | undefined
  /** Of the target. */
  readonly parameters: HttpParameters
  readonly event: Readonly<Record<string, unknown>>
  readonly input: string
}

/**
 * What is sent to an API destination. The connection's parameters win over the target's, whose values may be paths into the event.
 *
 * @throws TypeError for an end point that is no URL
 * @see Amazon EventBridge user guide, "API destinations as targets"
 */
export function apiRequest({ destination, auth, token, parameters, event, input }: Parts): ApiRequest {
  const { InvocationHttpParameters: added = {}, BasicAuthParameters: basic, ApiKeyAuthParameters: key } = auth
  const read = (value: string) => readDynamic(value, event)
  const url = new URL(withPath(destination.endpoint, (parameters.PathParameterValues ?? []).map(read)))
  const query = { ...mapped(parameters.QueryStringParameters, read), ...pairsOf(added.QueryStringParameters) }
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  const headers = lowerCase({
    'content-type': 'application/json; charset=utf-8',
    'user-agent': 'Amazon/EventBridge/ApiDestinations',
    ...mapped(parameters.HeaderParameters, read),
    ...pairsOf(added.HeaderParameters),
    ...(key && { [key.ApiKeyName]: key.ApiKeyValue }),
  })
  const { authorization: given, ...others } = headers
  const authorization = basic
    ? `Basic ${Buffer.from(`${basic.Username}:${basic.Password}`).toString('base64')}`
    : (token ?? given)
  return { url, headers: others, authorization, body: withBody(input, pairsOf(added.BodyParameters)) }
}

/** Each star of the path is a value in its turn. */
function withPath(endpoint: string, values: readonly string[]): string {
  let at = 0
  return endpoint.replace(/\*/g, () => encodeURIComponent(values[at++] ?? ''))
}

/** A value that is a whole path is what stands there in the event. */
function readDynamic(value: string, event: Readonly<Record<string, unknown>>): string {
  const path = parseJsonPath(value)
  if (path === undefined) return value
  const found = valueAt(path, event)
  return typeof found === 'string' ? found : JSON.stringify(found ?? '')
}

function mapped(
  given: Readonly<Record<string, string>> = {},
  read: (value: string) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, read(value)]))
}

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}

/** Members join a JSON object; nothing else can take them. */
function withBody(input: string, added: Readonly<Record<string, string>>): string {
  if (Object.keys(added).length === 0) return input
  const body: unknown = JSON.parse(input)
  return isObject(body) ? JSON.stringify({ ...body, ...added }) : input
}
