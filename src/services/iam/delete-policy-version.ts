import { deletePolicyVersion as deleteVersion } from '../../access/iam/managed-policies.ts'
import type { IamAction, PolicyRequest } from './iam-action.ts'
import { onPolicy } from './permissions.ts'
import { requestedPolicy, versionNumber } from './requested-policy.ts'

/** @see IAM API reference, DeletePolicyVersion */
export const deletePolicyVersion: IamAction<PolicyRequest & { readonly VersionId: string }> = {
  operation: 'DeletePolicyVersion',
  permissions: onPolicy('DeletePolicyVersion'),
  async run(input, call, iam) {
    await deleteVersion(iam, requestedPolicy(input, call), versionNumber(input))
    return {}
  },
}
