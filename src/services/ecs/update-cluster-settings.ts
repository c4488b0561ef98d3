import type { UpdateClusterSettingsRequest, UpdateClusterSettingsResponse } from '@aws-sdk/client-ecs'
import { parseCluster } from '../../core/ecs/cluster.ts'
import { changeCluster } from './change-cluster.ts'
import type { EcsInstanceAction } from './ecs-action.ts'
import { onCluster } from './permissions.ts'

/** @see Amazon ECS API reference, UpdateClusterSettings */
export const updateClusterSettings: EcsInstanceAction<
  UpdateClusterSettingsRequest,
  UpdateClusterSettingsResponse
> = {
  operation: 'UpdateClusterSettings',
  permissions: (input, call) => [
    onCluster('ecs:UpdateClusterSettings', parseCluster(input.cluster, call.registry)),
  ],
  async run(input, call, context) {
    return {
      cluster: await changeCluster(context, parseCluster(input.cluster, call.registry), input),
    }
  },
}
