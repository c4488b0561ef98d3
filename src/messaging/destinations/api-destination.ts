import { isAccountId } from '../../core/names/account-id.ts'
import { isRegion } from '../../core/names/region.ts'
import type { RegistryKey } from '../../core/names/registry-key.ts'
import type { NamedThing } from '../../stores/metadata/destinations.ts'

export type ApiMethod = 'POST' | 'GET' | 'HEAD' | 'PUT' | 'PATCH' | 'DELETE'

/** What is kept of an API destination. */
export interface ApiDestinationContent {
  readonly description?: string | undefined
  /** The connection's ARN. */
  readonly connection: string
  /** With a star for each path parameter. */
  readonly endpoint: string
  readonly method: ApiMethod
  /** Calls a second. */
  readonly rate: number
}

/** `arn:aws:events:<region>:<account>:api-destination/<name>/<id>` */
export function apiDestinationArn({ account, region, name, id }: NamedThing): string {
  return `arn:aws:events:${region}:${account}:api-destination/${name}/${id}`
}

/** What the ARN of a connection or an API destination names. */
export interface NamedByArn extends RegistryKey {
  readonly kind: NamedThing['kind']
  readonly name: string
  readonly id: string
}

const pattern =
  /^arn:aws:events:([^:]*):([^:]*):(connection|api-destination)\/([.\-_A-Za-z0-9]{1,64})\/([\w-]+)$/

/** Undefined for any other text. */
export function parseThingArn(text: string): NamedByArn | undefined {
  const [, region = '', account = '', kind = '', name = '', id = ''] = pattern.exec(text) ?? []
  if (!isRegion(region) || !isAccountId(account)) return undefined
  return { region, account, kind: kind === 'connection' ? 'connection' : 'api-destination', name, id }
}
