import type { DescribeRegistryRequest, DescribeRegistryResponse } from '@aws-sdk/client-ecr'
import type { EcrAction } from './ecr-action.ts'
import { onRegistry } from './permissions.ts'

/**
 * Describes the caller's registry. It replicates nothing: there is no operation yet that could give it a rule.
 *
 * @see Amazon ECR API reference, DescribeRegistry
 */
export const describeRegistry: EcrAction<DescribeRegistryRequest, DescribeRegistryResponse> = {
  operation: 'DescribeRegistry',
  permissions: onRegistry('ecr:DescribeRegistry'),
  run: async (_input, { registry }) => ({
    registryId: registry.account,
    replicationConfiguration: { rules: [] },
  }),
}
