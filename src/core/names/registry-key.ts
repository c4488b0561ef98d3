import type { AccountId } from './account-id.ts'
import type { Region } from './region.ts'
import type { RepositoryName } from './repository-name.ts'

/** One registry: each account has one in each region. Every look-up names both. */
export interface RegistryKey {
  readonly account: AccountId
  readonly region: Region
}

/** One repository, told from its namesakes in other accounts and regions. */
export interface RepositoryKey extends RegistryKey {
  readonly name: RepositoryName
}
