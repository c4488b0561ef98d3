import { deleteManagedPolicy } from '../../access/iam/managed-policies.ts'
import type { IamAction, PolicyRequest } from './iam-action.ts'
import { onPolicy } from './permissions.ts'
import { requestedPolicy } from './requested-policy.ts'

/** @see IAM API reference, DeletePolicy */
export const deletePolicy: IamAction<PolicyRequest> = {
  operation: 'DeletePolicy',
  permissions: onPolicy('DeletePolicy'),
  async run(input, call, iam) {
    await deleteManagedPolicy(iam, requestedPolicy(input, call))
    return {}
  },
}
