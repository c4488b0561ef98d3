import type { DownloadTickets } from '../../access/download-tickets.ts'
import type { RegistryTokens } from '../../access/registry-tokens.ts'
import type { Registry } from '../../registry/registry.ts'
import type { RegistryAddresses } from './registry-addresses.ts'

/** What the actions of ECR's JSON API work with. */
export interface EcrContext {
  readonly registry: Registry
  readonly tokens: RegistryTokens
  readonly tickets: DownloadTickets
  readonly registryAddresses: RegistryAddresses
}
