import type { SigningConfiguration } from '@aws-sdk/client-ecr'
import type { SigningRule } from '../../core/signing/signing-rules.ts'
import type { Checked } from '../checked.ts'

/** The rules of a request. */
export function readSigningRules({ rules }: Checked<SigningConfiguration>): SigningRule[] {
  return rules.map(({ signingProfileArn, repositoryFilters }) => ({
    profile: signingProfileArn,
    ...(repositoryFilters && { filters: repositoryFilters.map(({ filter }) => filter) }),
  }))
}

/** Rules as answers show them, in the order in which they were put. */
export function signingMembers(rules: readonly SigningRule[]): SigningConfiguration {
  return {
    rules: rules.map(({ profile, filters }) => ({
      signingProfileArn: profile,
      ...(filters && {
        repositoryFilters: filters.map((filter) => ({ filter, filterType: 'WILDCARD_MATCH' as const })),
      }),
    })),
  }
}
