import { InvalidRequestError } from '../../core/errors.ts'
import type { RegistryKey } from '../../core/names/registry-key.ts'
import type { CacheRule } from '../../core/pull-through/cache-rule.ts'
import { PullThroughCacheRuleNotFoundError } from '../../core/pull-through/errors.ts'
import type { Registry } from '../registry.ts'
import { checkCredentials } from './check-credentials.ts'

/**
 * Changes whom a rule's upstream is asked as.
 *
 * @throws InvalidRequestError when neither is given, in ECR's words
 * @throws PullThroughCacheRuleNotFoundError, and as checkCredentials
 */
export async function updateCacheRule(
  registry: Registry,
  key: RegistryKey,
  prefix: string,
  { credentialArn, customRoleArn }: Pick<CacheRule, 'credentialArn' | 'customRoleArn'>,
): Promise<CacheRule> {
  if (credentialArn === undefined && customRoleArn === undefined) {
    throw new InvalidRequestError(
      'Invalid input: Please set either credential arn or role arn to update the credentials',
    )
  }
  const change = { credentialArn, customRoleArn }
  const rule = await registry.metadata.cacheRules.find(key, prefix)
  if (rule === undefined) throw new PullThroughCacheRuleNotFoundError()
  await checkCredentials(registry, key, changed(rule, change))
  try {
    return await registry.metadata.write(async (tx) => {
      const current = await tx.cacheRules.lock(key, prefix)
      if (current === undefined) throw new PullThroughCacheRuleNotFoundError()
      const updated = { ...changed(current, change), updatedAt: registry.now() }
      await tx.cacheRules.setCredentials(key, prefix, updated)
      return updated
    })
  } finally {
    registry.upstreams.rules.drop(key)
  }
}

function changed(
  rule: CacheRule,
  { credentialArn, customRoleArn }: Pick<CacheRule, 'credentialArn' | 'customRoleArn'>,
): CacheRule {
  return {
    ...rule,
    credentialArn: credentialArn ?? rule.credentialArn,
    customRoleArn: customRoleArn ?? rule.customRoleArn,
  }
}
