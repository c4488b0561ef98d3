import type { UpdateClusterRequest, UpdateClusterResponse } from '@aws-sdk/client-ecs'
import { parseCluster } from '../../core/ecs/cluster.ts'
import { changeCluster } from './change-cluster.ts'
import type { EcsAction } from './ecs-action.ts'
import { onCluster } from './permissions.ts'
import { refuseUnoffered } from './refuse-unoffered.ts'

/** @see Amazon ECS API reference, UpdateCluster */
export const updateCluster: EcsAction<UpdateClusterRequest, UpdateClusterResponse> = {
  operation: 'UpdateCluster',
  permissions: (input, call) => [onCluster('ecs:UpdateCluster', parseCluster(input.cluster, call.registry))],
  async run(input, call, { registry: { metadata } }) {
    refuseUnoffered(input, ['configuration', 'serviceConnectDefaults'])
    return {
      cluster: await changeCluster(metadata, parseCluster(input.cluster, call.registry), input.settings),
    }
  },
}
