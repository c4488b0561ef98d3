import type { RegistryKey, RepositoryKey } from '../core/names/registry-key.ts'
import type { NamedPolicy } from '../core/policies/decide.ts'
import { parsePolicy } from '../core/policies/parse-policy.ts'
import type { GuardedResource, RegistryRules, ResourceRules } from '../core/policies/resource-rules.ts'
import { accountSettings } from '../core/registries/account-settings.ts'
import type { Repository } from '../core/repositories/repository.ts'
import type { Registry } from './registry.ts'
import { registryCacheKey } from './rule-cache.ts'

/**
 * What its owner says about a repository or a registry, as it was within the caches' lifetime. What is remembered comes without a
 * promise, since each pull asks.
 */
export function findResourceRules(
  registry: Registry,
  within: RegistryKey | RepositoryKey,
): ResourceRules | Promise<ResourceRules> {
  return rememberedRules(registry, within) ?? readRules(registry, within)
}

function rememberedRules(
  { repositories, rules }: Registry,
  within: RegistryKey | RepositoryKey,
): ResourceRules | undefined {
  const ofRegistry = rules.registries.get(registryCacheKey(within))
  if (ofRegistry === undefined) return undefined
  if (!('name' in within)) return { resource: undefined, registry: ofRegistry }
  const id = repositories.get(within)?.id
  const ofRepository = id === undefined ? undefined : rules.repositories.get(id)
  return ofRepository && { resource: ofRepository, registry: ofRegistry }
}

async function readRules(registry: Registry, within: RegistryKey | RepositoryKey): Promise<ResourceRules> {
  const ofRegistry = await registryRules(registry, within)
  const repository = 'name' in within ? await repositoryOf(registry, within) : undefined
  return { resource: repository && (await repositoryRules(registry, repository)), registry: ofRegistry }
}

/** What is said about a registry as a whole, its settings among it. */
export async function registryRules(registry: Registry, key: RegistryKey): Promise<RegistryRules> {
  const { metadata, rules } = registry
  const cacheKey = registryCacheKey(key)
  const read = async () => ({
    policy: readPolicy(await metadata.resourcePolicies.ofRegistry(key), 'the registry policy'),
    settings: accountSettings(await metadata.accountSettings.of(key)),
  })
  return rules.registries.get(cacheKey) ?? (await rules.registries.load(cacheKey, read))
}

async function repositoryOf(
  { repositories, metadata }: Registry,
  key: RepositoryKey,
): Promise<Repository | undefined> {
  return repositories.get(key) ?? (await repositories.load(key, () => metadata.repositories.find(key)))
}

async function repositoryRules(
  { metadata, rules }: Registry,
  { id, name }: Repository,
): Promise<GuardedResource> {
  const read = async () => ({
    policy: readPolicy(await metadata.resourcePolicies.ofRepository(id), `the policy of repository ${name}`),
    tags: await metadata.resourceTags.of(id),
  })
  return rules.repositories.get(id) ?? (await rules.repositories.load(id, read))
}

/** @throws PolicyDocumentError for a text that is damaged: nobody gets by a policy that can't be read */
function readPolicy(text: string | undefined, name: string): NamedPolicy | undefined {
  return text === undefined ? undefined : { name, document: parsePolicy(text, 'resource') }
}
