import { createPolicyVersion as create } from '../../access/iam/managed-policies.ts'
import type { IamAction, PolicyRequest } from './iam-action.ts'
import { onPolicy } from './permissions.ts'
import { requestedPolicy } from './requested-policy.ts'

/** @see IAM API reference, CreatePolicyVersion */
export const createPolicyVersion: IamAction<
  PolicyRequest & { readonly PolicyDocument: string; readonly SetAsDefault?: boolean }
> = {
  operation: 'CreatePolicyVersion',
  permissions: onPolicy('CreatePolicyVersion'),
  async run(input, call, iam) {
    const wanted = { document: input.PolicyDocument, isDefault: input.SetAsDefault ?? false }
    const { version, createdAt, isDefault } = await create(iam, requestedPolicy(input, call), wanted)
    return { PolicyVersion: { VersionId: `v${version}`, IsDefaultVersion: isDefault, CreateDate: createdAt } }
  },
}
