import type { AccountId } from '../../core/names/account-id.ts'
import type { MissingContent } from '../../registry/add-image.ts'
import type { Registry } from '../../registry/registry.ts'
import type { RegistryAddresses } from '../ecr/registry-addresses.ts'
import type { Database } from './shapes.ts'

/** What Berth's own actions work with. */
export interface BerthContext {
  readonly registry: Registry
  readonly registryAddresses: RegistryAddresses
  /** As for container clients: whether an image may come back that is not whole. */
  readonly missingContent: MissingContent
  readonly server: ServerIdentity
}

/** Facts of this process that its operator may know. */
export interface ServerIdentity {
  readonly version: string
  /** When it began to answer. */
  readonly startedAt: Date
  /** The account of the server's own root key: its operator. */
  readonly account: AccountId
  readonly database: Database
}
