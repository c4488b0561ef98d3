import { setDefaultPolicyVersion as setDefault } from '../../access/iam/managed-policies.ts'
import type { IamAction, PolicyRequest } from './iam-action.ts'
import { onPolicy } from './permissions.ts'
import { requestedPolicy, versionNumber } from './requested-policy.ts'

/** @see IAM API reference, SetDefaultPolicyVersion */
export const setDefaultPolicyVersion: IamAction<PolicyRequest & { readonly VersionId: string }> = {
  operation: 'SetDefaultPolicyVersion',
  permissions: onPolicy('SetDefaultPolicyVersion'),
  async run(input, call, iam) {
    await setDefault(iam, requestedPolicy(input, call), versionNumber(input))
    return {}
  },
}
