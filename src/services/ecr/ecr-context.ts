import type { Authoriser } from '../../access/authoriser.ts'
import type { DownloadTickets } from '../../access/download-tickets.ts'
import type { RegistryTokens } from '../../access/registry-tokens.ts'
import type { Registry } from '../../registry/registry.ts'
import type { RegistryAddresses } from './registry-addresses.ts'

/** What the actions of ECR's JSON API work with. */
export interface EcrContext {
  readonly registry: Registry
  readonly authoriser: Authoriser
  readonly tokens: RegistryTokens
  readonly tickets: DownloadTickets
  readonly registryAddresses: RegistryAddresses
}
