import type { NetworkConfiguration } from '@aws-sdk/client-ecs'
import { checkRunnable } from '../../core/ecs/check-runnable.ts'
import type { ClusterKey } from '../../core/ecs/cluster.ts'
import type { DeployedRevision } from '../../core/ecs/scheduling/deployment.ts'
import type { TaskRules } from '../../core/ecs/task-rules.ts'
import type { MetadataReader } from '../../stores/metadata/metadata-store.ts'
import type { Checked } from '../checked.ts'
import { requestedSubnet } from './network-configuration.ts'
import { requireRoles } from './task-roles.ts'

/**
 * A revision with the network that a service's tasks are to have, if Berth runs it as it is defined.
 *
 * @throws EcsClientError, EcsInvalidParameterError
 */
export async function deployableRevision(
  metadata: Pick<MetadataReader, 'iam'>,
  { family, revision, content }: DeployedRevision,
  given: {
    readonly cluster: ClusterKey
    readonly rules: TaskRules
    readonly network: Checked<NetworkConfiguration> | undefined
  },
): Promise<DeployedRevision> {
  checkRunnable(content, given.rules)
  await requireRoles(metadata, given.cluster, content)
  const subnet = requestedSubnet(given.network, content.networkMode)
  const subnets = subnet === undefined ? undefined : given.network?.awsvpcConfiguration?.subnets
  return { family, revision, content, ...(subnets !== undefined && { subnets }) }
}

/** The network that a service's tasks have, as requests give it. */
export function networkShape({ subnets }: Pick<DeployedRevision, 'subnets'>) {
  if (subnets === undefined) return {}
  const awsvpcConfiguration = { subnets, securityGroups: [], assignPublicIp: 'DISABLED' } as const
  return { networkConfiguration: { awsvpcConfiguration } }
}
