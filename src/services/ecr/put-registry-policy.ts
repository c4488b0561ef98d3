import type { PutRegistryPolicyRequest, PutRegistryPolicyResponse } from '@aws-sdk/client-ecr'
import { showPolicy } from '../../access/iam/policy-principals.ts'
import { putRegistryPolicy as put } from '../../registry/put-registry-policy.ts'
import type { EcrAction } from './ecr-action.ts'
import { keptPolicy } from './kept-policy.ts'
import { onRegistry } from './permissions.ts'

/**
 * Puts the policy of the caller's registry in the place of the one before.
 *
 * @see Amazon ECR API reference, PutRegistryPolicy
 */
export const putRegistryPolicy: EcrAction<PutRegistryPolicyRequest, PutRegistryPolicyResponse> = {
  operation: 'PutRegistryPolicy',
  permissions: onRegistry('ecr:PutRegistryPolicy'),
  async run({ policyText }, { registry: key }, { registry }) {
    const text = await put(registry, key, await keptPolicy(registry, policyText))
    return { registryId: key.account, policyText: await showPolicy(registry.metadata, text) }
  },
}
