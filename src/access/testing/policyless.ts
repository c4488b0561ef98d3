import type { ResourceRules } from '../../core/policies/resource-rules.ts'
import { accountSettings } from '../../core/registries/account-settings.ts'
import { Authoriser } from '../authoriser.ts'
import { noIdentityPolicies } from '../identity-policies.ts'

/** A registry that nobody has said anything about. */
export const noRules: ResourceRules = {
  resource: undefined,
  registry: { policy: undefined, settings: accountSettings(new Map()) },
}

/** The decision point of a world without any policy. */
export const policyless = new Authoriser({
  identities: noIdentityPolicies,
  rulesOf: () => noRules,
  now: () => new Date('2026-03-01T12:00:00.000Z'),
})
