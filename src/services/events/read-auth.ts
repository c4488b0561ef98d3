import type { UpdateConnectionAuthRequestParameters } from '@aws-sdk/client-eventbridge'
import { EventsValidationError } from '../../core/events/errors.ts'
import type {
  AuthParameters,
  Connection,
  ConnectionState,
  OAuthParameters,
} from '../../messaging/destinations/connection.ts'
import type { Checked } from '../checked.ts'
import { refuseUnoffered } from './refuse-unoffered.ts'

type Type = Connection['authorizationType']

/** @throws EventsValidationError for what is none */
export function readAuthorizationType(type: string): Type {
  if (type === 'BASIC' || type === 'API_KEY' || type === 'OAUTH_CLIENT_CREDENTIALS') return type
  throw new EventsValidationError(
    `Parameter AuthorizationType is not valid. Reason: Berth does not offer ${type}.`,
  )
}

/**
 * The parameters of a connection, those that aren't given as they were before.
 *
 * @throws EventsValidationError when those of its type are missing
 */
export function readAuth(
  type: Type,
  given: Checked<UpdateConnectionAuthRequestParameters>,
  before: AuthParameters = {},
): AuthParameters {
  refuseUnoffered(given, ['ConnectivityParameters'])
  const http = given.InvocationHttpParameters ?? before.InvocationHttpParameters
  const shared = http && { InvocationHttpParameters: http }
  if (type === 'OAUTH_CLIENT_CREDENTIALS') return { ...shared, OAuthParameters: readOAuth(given, before) }
  if (type === 'BASIC') {
    const basic = { ...before.BasicAuthParameters, ...given.BasicAuthParameters }
    const { Username: username, Password: password } = basic
    if (username === undefined || password === undefined) throw missing('BasicAuthParameters')
    return { ...shared, BasicAuthParameters: { Username: username, Password: password } }
  }
  const key = { ...before.ApiKeyAuthParameters, ...given.ApiKeyAuthParameters }
  const { ApiKeyName: name, ApiKeyValue: value } = key
  if (name === undefined || value === undefined) throw missing('ApiKeyAuthParameters')
  return { ...shared, ApiKeyAuthParameters: { ApiKeyName: name, ApiKeyValue: value } }
}

function readOAuth(
  { OAuthParameters: given }: Checked<UpdateConnectionAuthRequestParameters>,
  { OAuthParameters: before }: AuthParameters,
): OAuthParameters {
  refuseUnoffered(given ?? {}, ['ConnectivityParameters'])
  const client = { ...before?.ClientParameters, ...given?.ClientParameters }
  const { ClientID: id, ClientSecret: secret } = client
  const endpoint = given?.AuthorizationEndpoint ?? before?.AuthorizationEndpoint
  const method = given?.HttpMethod ?? before?.HttpMethod
  const added = given?.OAuthHttpParameters ?? before?.OAuthHttpParameters
  if (id === undefined || secret === undefined || endpoint === undefined || method === undefined) {
    throw missing('OAuthParameters')
  }
  const url = URL.parse(endpoint)
  if (url === null || !['http:', 'https:'].includes(url.protocol) || url.username !== '') {
    throw new EventsValidationError(
      'Parameter AuthParameters.OAuthParameters.AuthorizationEndpoint is not valid.',
    )
  }
  return {
    ClientParameters: { ClientID: id, ClientSecret: secret },
    AuthorizationEndpoint: endpoint,
    HttpMethod: method,
    ...(added && { OAuthHttpParameters: added }),
  }
}

/** What a connection of a type is until something else is known of it. */
export function firstState(type: Type): ConnectionState {
  return type === 'OAUTH_CLIENT_CREDENTIALS' ? 'AUTHORIZING' : 'AUTHORIZED'
}

function missing(name: string): EventsValidationError {
  return new EventsValidationError(`Parameter AuthParameters.${name} must be specified.`)
}
