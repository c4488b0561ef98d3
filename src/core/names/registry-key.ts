import { type AccountId, isAccountId } from './account-id.ts'
import { isRegion, type Region } from './region.ts'
import { isRepositoryName, type RepositoryName } from './repository-name.ts'

/** One registry: each account has one in each region. Every look-up names both. */
export interface RegistryKey {
  readonly account: AccountId
  readonly region: Region
}

/** One repository, told from its namesakes in other accounts and regions. */
export interface RepositoryKey extends RegistryKey {
  readonly name: RepositoryName
}

/** Whether two keys, of registries or of what lies in them, mean the same registry. */
export function isSameRegistry(one: RegistryKey, other: RegistryKey): boolean {
  return one.account === other.account && one.region === other.region
}

/** Whether a value that was stored or sealed as JSON is a registry key; other members may stand beside. */
export function isRegistryKey(value: unknown): value is RegistryKey {
  if (typeof value !== 'object' || value === null) return false
  if (!('account' in value) || !('region' in value)) return false
  const { account, region } = value
  return typeof account === 'string' && isAccountId(account) && typeof region === 'string' && isRegion(region)
}

/** Whether a value that was stored or sealed as JSON is a repository key; other members may stand beside. */
export function isRepositoryKey(value: unknown): value is RepositoryKey {
  return (
    isRegistryKey(value) && 'name' in value && typeof value.name === 'string' && isRepositoryName(value.name)
  )
}
