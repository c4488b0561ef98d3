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

/** How a connection proves who calls, with its secrets; in EventBridge's own words, since it is shown so. */
export interface AuthParameters {
  readonly BasicAuthParameters?: { readonly Username: string; readonly Password: string } | undefined
  readonly ApiKeyAuthParameters?: { readonly ApiKeyName: string; readonly ApiKeyValue: string } | undefined
  readonly InvocationHttpParameters?: InvocationParameters | undefined
}

/** What is kept of a connection: its secrets encrypted. */
export interface ConnectionContent {
  readonly description?: string | undefined
  readonly authorizationType: 'BASIC' | 'API_KEY'
  readonly auth: string
}

/** A connection as it was read back. */
export interface Connection {
  readonly thing: NamedThing
  readonly description?: string | undefined
  readonly authorizationType: ConnectionContent['authorizationType']
  readonly auth: AuthParameters
}

/** `arn:aws:events:<region>:<account>:connection/<name>/<id>` */
export function connectionArn({ account, region, name, id }: NamedThing): string {
  return `arn:aws:events:${region}:${account}:connection/${name}/${id}`
}

/** What a connection's secrets are encrypted for. */
function purposeOf(thing: Pick<NamedThing, 'id'>): string {
  return `connection ${thing.id}`
}

export function lockConnection(
  { vault }: Messaging,
  thing: Pick<NamedThing, 'id'>,
  { auth, ...rest }: Omit<Connection, 'thing'>,
): ConnectionContent {
  return { ...rest, auth: vault.encrypt(JSON.stringify(auth), purposeOf(thing)) }
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
  const { auth, ...content } = thing.content as ConnectionContent
  return { thing, ...content, auth: JSON.parse(vault.decrypt(auth, purposeOf(thing))) }
}
