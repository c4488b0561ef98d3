import type { AccountSettings } from '../registries/account-settings.ts'
import type { NamedPolicy } from './decide.ts'
import { isGovernedByRegistry } from './registry-policy.ts'

/** What is said about one repository. */
export interface RepositoryRules {
  readonly policy: NamedPolicy | undefined
  /** Its resource tags, for conditions. */
  readonly tags: ReadonlyMap<string, string>
}

/** What is said about one registry as a whole. */
export interface RegistryRules {
  readonly policy: NamedPolicy | undefined
  readonly settings: AccountSettings
}

/** What the owner of a resource has said about it; a registry alone where the repository doesn't exist, or none is meant. */
export interface ResourceRules {
  readonly repository: RepositoryRules | undefined
  readonly registry: RegistryRules
}

/** The resource's policies that have a say in an action. */
export function policiesAbout({ repository, registry }: ResourceRules, action: string): NamedPolicy[] {
  const policies: NamedPolicy[] = []
  if (repository?.policy) policies.push(repository.policy)
  const isGoverned = isGovernedByRegistry(action, registry.settings.REGISTRY_POLICY_SCOPE)
  if (registry.policy && isGoverned) policies.push(registry.policy)
  return policies
}
