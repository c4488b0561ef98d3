import type { CreateClusterRequest, CreateClusterResponse } from '@aws-sdk/client-ecs'
import { type Cluster, checkClusterName, clusterArn, defaultCluster } from '../../core/ecs/cluster.ts'
import type { Checked } from '../checked.ts'
import type { Call } from '../service.ts'
import { readChange } from './change-cluster.ts'
import { changedClusterShape, countInstances } from './cluster-shape.ts'
import type { EcsInstanceAction } from './ecs-action.ts'
import { refuseUnoffered } from './refuse-unoffered.ts'
import { creationPermissions, readTags } from './tags.ts'

/**
 * Makes a cluster, or answers the one of this name as it is; a deleted one begins anew.
 *
 * @see Amazon ECS API reference, CreateCluster
 */
export const createCluster: EcsInstanceAction<CreateClusterRequest, CreateClusterResponse> = {
  operation: 'CreateCluster',
  permissions(input, call) {
    const creation = { action: 'ecs:CreateCluster', resource: '*', owner: call.registry.account }
    return creationPermissions(creation, clusterArn(newCluster(input, call)), readTags(input.tags))
  },
  async run(input, call, context) {
    const { metadata } = context.registry
    refuseUnoffered(input, ['capacityProviders', 'defaultCapacityProviderStrategy', 'serviceConnectDefaults'])
    const wanted = newCluster(input, call)
    const instances = await countInstances(context)
    return metadata.write(async (tx) => {
      const known = await tx.clusters.find(wanted)
      if (known?.status === 'ACTIVE') return { cluster: await changedClusterShape(tx, known, instances) }
      await tx.clusters.put(wanted)
      await tx.arnTags.put(clusterArn(wanted), readTags(input.tags))
      return { cluster: await changedClusterShape(tx, wanted, instances) }
    })
  },
}

function newCluster(input: Checked<CreateClusterRequest>, { registry }: Call): Cluster {
  const { account, region } = registry
  const name = input.clusterName ?? defaultCluster
  checkClusterName(name)
  const { settings = [], configuration = {} } = input
  return { account, region, name, status: 'ACTIVE', settings: [], ...readChange({ settings, configuration }) }
}
