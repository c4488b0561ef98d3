import type { UpdateClusterSettingsRequest, UpdateClusterSettingsResponse } from '@aws-sdk/client-ecs'
import { parseCluster } from '../../core/ecs/cluster.ts'
import { changeCluster } from './change-cluster.ts'
import type { EcsAction } from './ecs-action.ts'
import { onCluster } from './permissions.ts'

/** @see Amazon ECS API reference, UpdateClusterSettings */
export const updateClusterSettings: EcsAction<UpdateClusterSettingsRequest, UpdateClusterSettingsResponse> = {
  operation: 'UpdateClusterSettings',
  permissions: (input, call) => [
    onCluster('ecs:UpdateClusterSettings', parseCluster(input.cluster, call.registry)),
  ],
  async run(input, call, { registry: { metadata } }) {
    return {
      cluster: await changeCluster(metadata, parseCluster(input.cluster, call.registry), input.settings),
    }
  },
}
