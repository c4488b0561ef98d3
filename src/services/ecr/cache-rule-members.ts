import type { PullThroughCacheRule } from '@aws-sdk/client-ecr'
import type { RegistryKey } from '../../core/names/registry-key.ts'
import type { CacheRule } from '../../core/pull-through/cache-rule.ts'

/** The members of a pull-through cache rule that most responses show. */
export function cacheRuleMembers({ account }: RegistryKey, rule: CacheRule) {
  return {
    ecrRepositoryPrefix: rule.prefix,
    registryId: account,
    upstreamRegistryUrl: rule.upstreamUrl,
    upstreamRepositoryPrefix: rule.upstreamPrefix,
    credentialArn: rule.credentialArn,
    customRoleArn: rule.customRoleArn,
  }
}

/** A rule as it is described. */
export function cacheRuleShape(registry: RegistryKey, rule: CacheRule): PullThroughCacheRule {
  const { upstreamKind: upstreamRegistry, createdAt, updatedAt } = rule
  return { ...cacheRuleMembers(registry, rule), upstreamRegistry, createdAt, updatedAt }
}
