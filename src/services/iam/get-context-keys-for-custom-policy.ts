import { givenPolicies } from '../../access/iam/simulated-policies.ts'
import { conditionKeys } from '../../core/policies/condition-keys.ts'
import type { IamAction } from './iam-action.ts'
import { onAccount } from './permissions.ts'

/** What policies ask about a request. @see IAM API reference, GetContextKeysForCustomPolicy */
export const getContextKeysForCustomPolicy: IamAction<{ readonly PolicyInputList: readonly string[] }> = {
  operation: 'GetContextKeysForCustomPolicy',
  permissions: onAccount('GetContextKeysForCustomPolicy'),
  async run({ PolicyInputList: texts }) {
    const policies = givenPolicies(texts, { list: 'PolicyInputList', kind: 'identity', source: 'none' })
    return { ContextKeyNames: conditionKeys(policies.map(({ document }) => document)) }
  },
}
