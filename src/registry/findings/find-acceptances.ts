import type { RegistryKey } from '../../core/names/registry-key.ts'
import { Acceptances } from '../../core/scanning/acceptance.ts'
import type { Registry } from '../registry.ts'
import { registryCacheKey } from '../rule-cache.ts'
import { mostAcceptances } from './put-acceptances.ts'

/** What a registry has accepted, as it was within the caches' lifetime. */
export async function findAcceptances(registry: Registry, key: RegistryKey): Promise<Acceptances> {
  const { metadata, findingRules } = registry
  const { account, region } = key
  const read = async () =>
    new Acceptances(await metadata.acceptances.list({ account, region }, { limit: mostAcceptances }))
  const cacheKey = registryCacheKey(key)
  return findingRules.acceptances.get(cacheKey) ?? (await findingRules.acceptances.load(cacheKey, read))
}
