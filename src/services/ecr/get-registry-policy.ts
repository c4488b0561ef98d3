import type { GetRegistryPolicyRequest, GetRegistryPolicyResponse } from '@aws-sdk/client-ecr'
import { showPolicy } from '../../access/iam/policy-principals.ts'
import { getRegistryPolicy as get } from '../../registry/get-registry-policy.ts'
import type { EcrAction } from './ecr-action.ts'
import { onRegistry } from './permissions.ts'

/** @see Amazon ECR API reference, GetRegistryPolicy */
export const getRegistryPolicy: EcrAction<GetRegistryPolicyRequest, GetRegistryPolicyResponse> = {
  operation: 'GetRegistryPolicy',
  permissions: onRegistry('ecr:GetRegistryPolicy'),
  run: async (_input, { registry: key }, { registry }) => ({
    registryId: key.account,
    policyText: await showPolicy(registry.metadata, await get(registry, key)),
  }),
}
