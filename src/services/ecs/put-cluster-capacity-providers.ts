import type {
  PutClusterCapacityProvidersRequest,
  PutClusterCapacityProvidersResponse,
} from '@aws-sdk/client-ecs'
import { EcsInvalidParameterError } from '../../core/ecs/errors.ts'
import { changeCluster } from './change-cluster.ts'
import type { EcsInstanceAction } from './ecs-action.ts'
import { onCluster } from './permissions.ts'
import { requestedCluster } from './requested-cluster.ts'

/** A cluster has its engine and no capacity providers: none is what it can be given. @see Amazon ECS API reference, PutClusterCapacityProviders */
export const putClusterCapacityProviders: EcsInstanceAction<
  PutClusterCapacityProvidersRequest,
  PutClusterCapacityProvidersResponse
> = {
  operation: 'PutClusterCapacityProviders',
  permissions: (input, call) => [onCluster('ecs:PutClusterCapacityProviders', requestedCluster(input, call))],
  async run(input, call, context) {
    const { capacityProviders, defaultCapacityProviderStrategy } = input
    const [first] = [
      ...capacityProviders,
      ...defaultCapacityProviderStrategy.map((one) => one.capacityProvider),
    ]
    if (first !== undefined) {
      throw new EcsInvalidParameterError(
        `The specified capacity provider '${first}' was not found. Berth runs tasks on its engine, by launch type EC2.`,
      )
    }
    return { cluster: await changeCluster(context, requestedCluster(input, call), {}) }
  },
}
