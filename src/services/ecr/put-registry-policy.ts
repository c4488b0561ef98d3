import type { PutRegistryPolicyRequest, PutRegistryPolicyResponse } from '@aws-sdk/client-ecr'
import { putRegistryPolicy as put } from '../../registry/put-registry-policy.ts'
import type { EcrAction } from './ecr-action.ts'
import { onRegistry } from './permissions.ts'

/**
 * Puts the policy of the caller's registry in the place of the one before.
 *
 * @see Amazon ECR API reference, PutRegistryPolicy
 */
export const putRegistryPolicy: EcrAction<PutRegistryPolicyRequest, PutRegistryPolicyResponse> = {
  operation: 'PutRegistryPolicy',
  permissions: onRegistry('ecr:PutRegistryPolicy'),
  run: async ({ policyText }, { registry: key }, { registry }) => ({
    registryId: key.account,
    policyText: await put(registry, key, policyText),
  }),
}
