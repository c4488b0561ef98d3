import type { DeleteRegistryPolicyRequest, DeleteRegistryPolicyResponse } from '@aws-sdk/client-ecr'
import { showPolicy } from '../../access/iam/policy-principals.ts'
import { deleteRegistryPolicy as remove } from '../../registry/delete-registry-policy.ts'
import type { EcrAction } from './ecr-action.ts'
import { onRegistry } from './permissions.ts'

/** @see Amazon ECR API reference, DeleteRegistryPolicy */
export const deleteRegistryPolicy: EcrAction<DeleteRegistryPolicyRequest, DeleteRegistryPolicyResponse> = {
  operation: 'DeleteRegistryPolicy',
  permissions: onRegistry('ecr:DeleteRegistryPolicy'),
  run: async (_input, { registry: key }, { registry }) => ({
    registryId: key.account,
    policyText: await showPolicy(registry.metadata, await remove(registry, key)),
  }),
}
