import { Authoriser } from './access/authoriser.ts'
import { type IdentityPolicies, noIdentityPolicies } from './access/identity-policies.ts'
import { findRules } from './access/resources/find-rules.ts'
import type { Uses } from './access/uses.ts'
import { findResourceRules } from './registry/find-resource-rules.ts'
import type { Registry } from './registry/registry.ts'

/** The decision point over the policies that a server keeps. */
export function openAuthoriser(
  registry: Registry,
  identities: IdentityPolicies = noIdentityPolicies,
  roleUses?: Uses['roleUses'],
): Authoriser {
  return new Authoriser({
    identities,
    ...(roleUses && { onRoleAsks: (roleId, use) => roleUses.note(roleId, use) }),
    rulesOf: (permission) =>
      permission.within
        ? findResourceRules(registry, permission.within)
        : findRules(registry.metadata, permission),
    now: registry.now,
  })
}
