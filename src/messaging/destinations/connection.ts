import type { RegistryKey } from '../../core/names/registry-key.ts'
import type { DestinationReader, NamedThing } from '../../stores/metadata/destinations.ts'
import type { Messaging } from '../messaging.ts'

/** A name and a value, as EventBridge has them. */
export interface ConnectionParameter {
  readonly Key?: string | undefined
  readonly Value?: string | undefined
  readonly IsValueSecret?: boolean | undefined
}

/** What a connection adds to each call. */
export interface InvocationParameters {
  readonly HeaderParameters?: readonly ConnectionParameter[] | undefined
  readonly QueryStringParameters?: readonly ConnectionParameter[] | undefined
  readonly BodyParameters?: readonly ConnectionParameter[] | undefined
}

/** A client of an authorization server. */
export interface OAuthParameters {
  readonly ClientParameters: { readonly ClientID: string; readonly ClientSecret: string }
  readonly AuthorizationEndpoint: string
  readonly HttpMethod: 'GET' | 'POST' | 'PUT'
  /** What is added to each request for a token. */
  readonly OAuthHttpParameters?: InvocationParameters | undefined
}

/** Whether calls can be made by it: only one that asks for tokens ever can't. */
export type ConnectionState = 'AUTHORIZING' | 'AUTHORIZED' | 'DEAUTHORIZED'

/** How a connection proves who calls, with its secrets; in EventBridge's own words, since it is shown so. */
export interface AuthParameters {
  readonly BasicAuthParameters?: { readonly Username: string; readonly Password: string } | undefined
  readonly ApiKeyAuthParameters?: { readonly ApiKeyName: string; readonly ApiKeyValue: string } | undefined
  readonly OAuthParameters?: OAuthParameters | undefined
  readonly InvocationHttpParameters?: InvocationParameters | undefined
}

/** What is kept of a connection: its secrets encrypted. */
export interface ConnectionContent {
  readonly description?: string | undefined
  readonly authorizationType: 'BASIC' | 'API_KEY' | 'OAUTH_CLIENT_CREDENTIALS'
  /** Authorized unless told. */
  readonly state?: ConnectionState | undefined
  readonly stateReason?: string | undefined
  readonly auth: string
}

/** A connection as it was read back. */
export interface Connection {
  readonly thing: NamedThing
  readonly description?: string | undefined
  readonly authorizationType: ConnectionContent['authorizationType']
  readonly state: ConnectionState
  readonly stateReason?: string | undefined
  readonly auth: AuthParameters
}

/** `arn:aws:events:<region>:<account>:connection/<name>/<id>` */
export function connectionArn({ account, region, name, id }: NamedThing): string {
  return `arn:aws:events:${region}:${account}:connection/${name}/${id}`
}

/** The state of a connection as it is kept. */
export function connectionState({ content }: NamedThing): ConnectionState {
  // Whoever keeps a connection says by its type what it is made of.
  return (content as ConnectionContent).state ?? 'AUTHORIZED'
}

/** What a connection's secrets are encrypted for. */
function purposeOf(thing: Pick<NamedThing, 'id'>): string {
  return `connection ${thing.id}`
}

export function lockConnection(
  { vault }: Messaging,
  thing: Pick<NamedThing, 'id'>,
  { auth, description, authorizationType, state, stateReason }: Omit<Connection, 'thing'>,
): ConnectionContent {
  const shown = { description, authorizationType, state, stateReason }
  return { ...shown, auth: vault.encrypt(JSON.stringify(auth), purposeOf(thing)) }
}

/** A connection with its secrets, or undefined where there is none of that name. */
export async function findConnection(
  { vault }: Messaging,
  destinations: DestinationReader,
  { account, region }: RegistryKey,
  name: string,
): Promise<Connection | undefined> {
  const thing = await destinations.find({ account, region, kind: 'connection', name })
  if (thing === undefined) return undefined
  // Whoever keeps a connection says by its type what it is made of.
  const { auth, state = 'AUTHORIZED', ...content } = thing.content as ConnectionContent
  return { thing, ...content, state, auth: JSON.parse(vault.decrypt(auth, purposeOf(thing))) }
}

/** Parameters as an object. */
export function pairsOf(given: readonly ConnectionParameter[] = []): Record<string, string> {
  return Object.fromEntries(given.map(({ Key: name = '', Value: value = '' }) => [name, value]))
}
