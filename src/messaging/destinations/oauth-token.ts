import { text } from 'node:stream/consumers'
import { isObject } from '../../core/event-patterns/leaf.ts'
import type { OutboundRequest } from '../../outbound/outbound-request.ts'
import type { Messaging } from '../messaging.ts'
import { type OAuthParameters, pairsOf } from './connection.ts'

const patienceMs = 5_000
const longestAnswer = 64 * 1024
/** Milliseconds that a token is believed when its server doesn't say. */
const usualLife = 5 * 60_000
/** A token isn't used any more so shortly before its end. */
const margin = 10_000

/** What an authorization server gave. */
export interface OAuthToken {
  /** The value of the Authorization header. */
  readonly authorization: string
  readonly until: Date
}

/** An authorization server gave no token; the message says why, without anything secret. */
export class NotAuthorizedError extends Error {
  override readonly name = 'NotAuthorizedError'
}

/**
 * Asks an authorization server for a token, as a client that shows its id and secret.
 *
 * @throws NotAuthorizedError, OutboundError
 * @see RFC 6749, section 4.4; Amazon EventBridge user guide, "Connections for HTTP endpoint targets", OAuth
 */
export async function requestToken(
  { outbound, now }: Pick<Messaging, 'outbound' | 'now'>,
  oauth: OAuthParameters,
  signal: AbortSignal,
): Promise<OAuthToken> {
  const answer = await outbound.send({
    ...tokenRequest(oauth),
    maxBytes: longestAnswer,
    deadline: patienceMs,
    signal,
  })
  const body = parse(await text(answer.body))
  if (answer.status !== 200) {
    throw new NotAuthorizedError(`The authorization server answered HTTP ${answer.status}`)
  }
  const { access_token: token, token_type: type = 'Bearer', expires_in: seconds } = isObject(body) ? body : {}
  if (typeof token !== 'string' || !isWord(token)) {
    throw new NotAuthorizedError('The authorization server answered without an access_token')
  }
  const life = typeof seconds === 'number' && seconds > 0 ? seconds * 1000 : usualLife
  const name = typeof type === 'string' && type.toLowerCase() !== 'bearer' && isWord(type) ? type : 'Bearer'
  return { authorization: `${name} ${token}`, until: new Date(now().getTime() + life - margin) }
}

/** The id, the secret and what the connection adds: in the query of a GET, in the body of all else. */
function tokenRequest({
  ClientParameters: { ClientID: id, ClientSecret: secret },
  AuthorizationEndpoint: endpoint,
  HttpMethod: method,
  OAuthHttpParameters: added = {},
}: OAuthParameters): Pick<OutboundRequest, 'method' | 'url' | 'headers' | 'body'> {
  const url = new URL(endpoint)
  const fields = { grant_type: 'client_credentials', client_id: id, client_secret: secret }
  const body = new URLSearchParams({ ...fields, ...pairsOf(added.BodyParameters) })
  for (const [name, value] of Object.entries(pairsOf(added.QueryStringParameters))) {
    url.searchParams.set(name, value)
  }
  const headers = { accept: 'application/json', ...pairsOf(added.HeaderParameters) }
  if (method === 'GET') {
    for (const [name, value] of body) url.searchParams.set(name, value)
    return { method, url, headers }
  }
  const content = Buffer.from(body.toString())
  const type = 'application/x-www-form-urlencoded; charset=utf-8'
  return {
    method,
    url,
    headers: { ...headers, 'content-type': type, 'content-length': String(content.length) },
    body: content,
  }
}

/** What may stand in a header without ending it. */
function isWord(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
