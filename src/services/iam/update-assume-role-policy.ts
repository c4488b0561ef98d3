import { updateEntity } from '../../access/iam/entities.ts'
import { checkTrustPolicy } from './check-trust-policy.ts'
import type { EntityRequest, IamAction } from './iam-action.ts'
import { onEntity } from './permissions.ts'
import { requestedEntity } from './requested-entity.ts'

/** @see IAM API reference, UpdateAssumeRolePolicy */
export const updateAssumeRolePolicy: IamAction<EntityRequest & { readonly PolicyDocument: string }> = {
  operation: 'UpdateAssumeRolePolicy',
  permissions: onEntity('role', 'UpdateAssumeRolePolicy'),
  async run(input, call, iam) {
    const trustPolicy = await checkTrustPolicy(iam, input.PolicyDocument)
    await updateEntity(iam, requestedEntity('role', input, call), ({ details }) => ({
      details: { ...details, trustPolicy },
    }))
    return {}
  },
}
