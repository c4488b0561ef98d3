import type { UpdateClusterRequest, UpdateClusterResponse } from '@aws-sdk/client-ecs'
import { parseCluster } from '../../core/ecs/cluster.ts'
import { changeCluster } from './change-cluster.ts'
import type { EcsInstanceAction } from './ecs-action.ts'
import { onCluster } from './permissions.ts'
import { refuseUnoffered } from './refuse-unoffered.ts'

/** @see Amazon ECS API reference, UpdateCluster */
export const updateCluster: EcsInstanceAction<UpdateClusterRequest, UpdateClusterResponse> = {
  operation: 'UpdateCluster',
  permissions: (input, call) => [onCluster('ecs:UpdateCluster', parseCluster(input.cluster, call.registry))],
  async run(input, call, context) {
    refuseUnoffered(input, ['serviceConnectDefaults'])
    return {
      cluster: await changeCluster(context, parseCluster(input.cluster, call.registry), input),
    }
  },
}
