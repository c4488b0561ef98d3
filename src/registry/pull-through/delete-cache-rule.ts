import type { RegistryKey } from '../../core/names/registry-key.ts'
import type { CacheRule } from '../../core/pull-through/cache-rule.ts'
import { PullThroughCacheRuleNotFoundError } from '../../core/pull-through/errors.ts'
import type { Registry } from '../registry.ts'

/** Takes a rule away and resolves to it; what was cached by it stays. @throws PullThroughCacheRuleNotFoundError */
export async function deleteCacheRule(
  registry: Registry,
  key: RegistryKey,
  prefix: string,
): Promise<CacheRule> {
  try {
    return await registry.metadata.write(async (tx) => {
      const rule = await tx.cacheRules.lock(key, prefix)
      if (rule === undefined) throw new PullThroughCacheRuleNotFoundError()
      await tx.cacheRules.delete(key, prefix)
      return rule
    })
  } finally {
    registry.upstreams.rules.drop(key)
  }
}
