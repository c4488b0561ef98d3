import type { RegistryKey } from '../../core/names/registry-key.ts'
import type { CacheRule } from '../../core/pull-through/cache-rule.ts'

/** The pull-through cache rules of a registry. */
export interface CacheRuleReader {
  /** By prefix, with or without the slash at its end. */
  find(registry: RegistryKey, prefix: string): Promise<CacheRule | undefined>
  /** One page by prefix, ROOT first, from the first after `after`. */
  list(
    registry: RegistryKey,
    page: { readonly after?: string | undefined; readonly limit: number },
  ): Promise<CacheRule[]>
}

export interface CacheRuleWriter {
  /** Adds it; false when the prefix is taken. */
  add(registry: RegistryKey, rule: CacheRule): Promise<boolean>
  /** Finds a rule and holds it until the transaction ends. */
  lock(registry: RegistryKey, prefix: string): Promise<CacheRule | undefined>
  setCredentials(
    registry: RegistryKey,
    prefix: string,
    change: Pick<CacheRule, 'credentialArn' | 'customRoleArn' | 'updatedAt'>,
  ): Promise<void>
  delete(registry: RegistryKey, prefix: string): Promise<void>
  /** Deletes those of every registry: development mode's reset. */
  deleteAll(): Promise<void>
}
