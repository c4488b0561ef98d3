import { InvalidParameterError, LimitExceededError } from '../../core/errors.ts'
import type { RegistryKey } from '../../core/names/registry-key.ts'
import { prefixPath, rootPrefix } from '../../core/names/repository-prefix.ts'
import type { CacheRule } from '../../core/pull-through/cache-rule.ts'
import {
  PullThroughCacheRuleAlreadyExistsError,
  UnsupportedUpstreamRegistryError,
} from '../../core/pull-through/errors.ts'
import { type UpstreamKind, upstreamKindOf } from '../../core/pull-through/upstream-kind.ts'
import type { Registry } from '../registry.ts'
import { checkCredentials } from './check-credentials.ts'

export interface NewCacheRule {
  readonly prefix: string
  readonly upstreamUrl: string
  /** Known by the URL unless it is told, and then it must be the same. */
  readonly upstreamKind?: UpstreamKind | undefined
  readonly upstreamPrefix?: string | undefined
  readonly credentialArn?: string | undefined
  readonly customRoleArn?: string | undefined
}

/**
 * Makes the repositories under a prefix copies of those of another registry.
 *
 * @throws UnsupportedUpstreamRegistryError for a registry that neither ECR knows nor the operator allows
 * @throws PullThroughCacheRuleAlreadyExistsError, LimitExceededError, InvalidParameterError, and as checkCredentials
 */
export async function createCacheRule(
  registry: Registry,
  key: RegistryKey,
  wanted: NewCacheRule,
): Promise<CacheRule> {
  const now = registry.now()
  const rule = { ...wanted, upstreamKind: kindOf(registry, wanted), createdAt: now, updatedAt: now }
  await checkCredentials(registry, key, rule)
  try {
    await registry.metadata.write(async (tx) => {
      if (!(await tx.cacheRules.add(key, rule))) throw new PullThroughCacheRuleAlreadyExistsError()
      const { cacheRules: quota } = registry.quotas
      const rules = await tx.cacheRules.list(key, { limit: quota + 1 })
      if (rules.length > quota) {
        throw new LimitExceededError(
          `The limit of ${quota} pull through cache rules is reached in the registry with id '${key.account}' in ${key.region}`,
        )
      }
    })
  } finally {
    registry.upstreams.rules.drop(key)
  }
  return rule
}

function kindOf(
  { upstreams }: Registry,
  { prefix, upstreamUrl, upstreamKind, upstreamPrefix = rootPrefix }: NewCacheRule,
): UpstreamKind | undefined {
  const origin = upstreams.originOf(upstreamUrl)
  const kind = origin.scheme === 'https' ? upstreamKindOf(origin.host) : undefined
  if (upstreamKind !== undefined && upstreamKind !== kind) {
    throw new UnsupportedUpstreamRegistryError()
  }
  if (prefixPath(prefix) === '' && prefixPath(upstreamPrefix) !== '') {
    throw new InvalidParameterError(
      'upstreamRepositoryPrefix',
      'Member must be ROOT when ecrRepositoryPrefix is ROOT',
    )
  }
  return kind
}
