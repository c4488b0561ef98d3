import type { UpdateConnectionAuthRequestParameters } from '@aws-sdk/client-eventbridge'
import { EventsValidationError } from '../../core/events/errors.ts'
import type { AuthParameters, Connection } from '../../messaging/destinations/connection.ts'
import type { Checked } from '../checked.ts'
import { refuseUnoffered } from './refuse-unoffered.ts'

type Type = Connection['authorizationType']

/** @throws EventsValidationError for OAuth, which Berth does not offer */
export function readAuthorizationType(type: string): Type {
  if (type === 'BASIC' || type === 'API_KEY') return type
  throw new EventsValidationError(
    `Parameter AuthorizationType is not valid. Reason: Berth does not offer ${type}, only BASIC and API_KEY.`,
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
  refuseUnoffered(given, ['OAuthParameters', 'ConnectivityParameters'])
  const http = given.InvocationHttpParameters ?? before.InvocationHttpParameters
  const shared = http && { InvocationHttpParameters: http }
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

function missing(name: string): EventsValidationError {
  return new EventsValidationError(`Parameter AuthParameters.${name} must be specified.`)
}
