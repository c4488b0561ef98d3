import type { DescribeRegistryRequest, DescribeRegistryResponse } from '@aws-sdk/client-ecr'
import type { EcrAction } from './ecr-action.ts'
import { onRegistry } from './permissions.ts'
import { replicationMembers } from './replication-members.ts'

/**
 * Describes the caller's registry: where it replicates to.
 *
 * @see Amazon ECR API reference, DescribeRegistry
 */
export const describeRegistry: EcrAction<DescribeRegistryRequest, DescribeRegistryResponse> = {
  operation: 'DescribeRegistry',
  permissions: onRegistry('ecr:DescribeRegistry'),
  async run(_input, call, { registry }) {
    const rules = await registry.metadata.replication.rules(call.registry)
    return { registryId: call.registry.account, replicationConfiguration: replicationMembers(rules) }
  },
}
