import type { AccountSettings } from '../registries/account-settings.ts'
import type { NamedPolicy } from './decide.ts'
import { isGovernedByRegistry } from './registry-policy.ts'

/** What is said about one resource: a repository, a topic, an event bus, a role. */
export interface GuardedResource {
  readonly policy: NamedPolicy | undefined
  /** Its tags, for conditions. */
  readonly tags: ReadonlyMap<string, string>
}

/** What is said about one registry as a whole. */
export interface RegistryRules {
  readonly policy: NamedPolicy | undefined
  readonly settings: AccountSettings
}

/** What owners have said about a resource, and about the registry that it lies in. */
export interface ResourceRules {
  /** Undefined where it doesn't exist, or none is meant. */
  readonly resource: GuardedResource | undefined
  readonly registry?: RegistryRules | undefined
  /** Nobody gets by without the resource's policy: it is a role's trust policy. */
  readonly mustAllow?: boolean
}

/** The policies that have a say in an action. */
export function policiesAbout({ resource, registry }: ResourceRules, action: string): NamedPolicy[] {
  const policies: NamedPolicy[] = []
  if (resource?.policy) policies.push(resource.policy)
  if (registry?.policy && isGovernedByRegistry(action, registry.settings.REGISTRY_POLICY_SCOPE)) {
    policies.push(registry.policy)
  }
  return policies
}
