import type { RegistryKey, RepositoryKey } from '../../core/names/registry-key.ts'
import type { RepositoryName } from '../../core/names/repository-name.ts'
import { type CacheRule, chooseRule, upstreamRepository } from '../../core/pull-through/cache-rule.ts'
import type { Registry } from '../registry.ts'

/** Where the content of a repository comes from. */
export interface CacheSource {
  readonly rule: CacheRule
  /** What the repository is called there. */
  readonly repository: RepositoryName
}

/** The upstream of a repository, whether it is here or not; undefined where no rule is for it. */
export async function findSource(registry: Registry, key: RepositoryKey): Promise<CacheSource | undefined> {
  const rules = registry.upstreams.rules.get(key) ?? (await loadRules(registry, key))
  const rule = chooseRule(rules, key.name)
  const repository = rule && upstreamRepository(rule, key.name)
  return rule && repository && { rule, repository }
}

function loadRules(
  { upstreams, metadata, quotas }: Registry,
  key: RegistryKey,
): Promise<readonly CacheRule[]> {
  return upstreams.rules.load(key, () => metadata.cacheRules.list(key, { limit: quotas.cacheRules }))
}
