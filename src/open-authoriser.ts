import { Authoriser } from './access/authoriser.ts'
import { type IdentityPolicies, noIdentityPolicies } from './access/identity-policies.ts'
import { findResourceRules } from './registry/find-resource-rules.ts'
import type { Registry } from './registry/registry.ts'

/** The decision point over the policies that a registry keeps. */
export function openAuthoriser(
  registry: Registry,
  identities: IdentityPolicies = noIdentityPolicies,
): Authoriser {
  return new Authoriser({
    identities,
    rulesOf: (within) => findResourceRules(registry, within),
    now: registry.now,
  })
}
