import type {
  PutReplicationConfigurationRequest,
  PutReplicationConfigurationResponse,
} from '@aws-sdk/client-ecr'
import { putReplicationRules } from '../../registry/put-replication-rules.ts'
import type { EcrAction } from './ecr-action.ts'
import { onRegistry } from './permissions.ts'
import { readReplicationRules, replicationMembers } from './replication-members.ts'

/**
 * Puts the registry's replication rules in the place of those before; without any, nothing is replicated.
 *
 * @see Amazon ECR API reference, PutReplicationConfiguration
 */
export const putReplicationConfiguration: EcrAction<
  PutReplicationConfigurationRequest,
  PutReplicationConfigurationResponse
> = {
  operation: 'PutReplicationConfiguration',
  permissions: onRegistry('ecr:PutReplicationConfiguration'),
  async run({ replicationConfiguration }, call, { registry }) {
    const rules = readReplicationRules(replicationConfiguration)
    await putReplicationRules(registry, call.registry, rules)
    return { replicationConfiguration: replicationMembers(rules) }
  },
}
