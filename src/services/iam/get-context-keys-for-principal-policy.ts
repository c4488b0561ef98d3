import { givenPolicies, policiesOfEntity } from '../../access/iam/simulated-policies.ts'
import { conditionKeys } from '../../core/policies/condition-keys.ts'
import type { IamAction } from './iam-action.ts'
import { findPolicySource, onPolicySource, type PolicySourceRequest } from './policy-source.ts'

/** What somebody's policies ask about a request. @see IAM API reference, GetContextKeysForPrincipalPolicy */
export const getContextKeysForPrincipalPolicy: IamAction<
  PolicySourceRequest & { readonly PolicyInputList?: readonly string[] }
> = {
  operation: 'GetContextKeysForPrincipalPolicy',
  permissions: onPolicySource('GetContextKeysForPrincipalPolicy'),
  async run(input, call, iam) {
    const own = await policiesOfEntity(iam.metadata, await findPolicySource(input, call, iam))
    const list = { list: 'PolicyInputList', kind: 'identity', source: 'none' } as const
    const policies = [...own, ...givenPolicies(input.PolicyInputList ?? [], list)]
    return { ContextKeyNames: conditionKeys(policies.map(({ document }) => document)) }
  },
}
