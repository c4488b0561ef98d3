import type { RegistryKey } from '../core/names/registry-key.ts'
import type { GuardedResource, RegistryRules } from '../core/policies/resource-rules.ts'
import type { CacheLifetime } from './cache-lifetime.ts'
import { RememberedReads } from './remembered-reads.ts'

/**
 * Policies, read and ready to be asked, with what else their owners have said. Whoever changes a policy, a setting or resource tags
 * drops what was made from them; another process's change shows when the caches' lifetime is over.
 */
export class RuleCache {
  /** By the store's id of the repository, which is never given twice. */
  readonly repositories: RememberedReads<number, GuardedResource>
  /** By `registryCacheKey`. */
  readonly registries: RememberedReads<string, RegistryRules>

  constructor(lifetime: CacheLifetime) {
    this.repositories = new RememberedReads(lifetime)
    this.registries = new RememberedReads(lifetime)
  }

  clear(): void {
    this.repositories.clear()
    this.registries.clear()
  }
}

export function registryCacheKey({ account, region }: RegistryKey): string {
  return `${account}/${region}`
}
