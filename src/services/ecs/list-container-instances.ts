import type { ListContainerInstancesRequest, ListContainerInstancesResponse } from '@aws-sdk/client-ecs'
import { containerInstanceArn } from '../../core/ecs/container-instance.ts'
import type { EcsInstanceAction } from './ecs-action.ts'
import { pageSize } from './page-size.ts'
import { onCluster } from './permissions.ts'
import { refuseUnoffered } from './refuse-unoffered.ts'
import { requestedCluster, requireActive } from './requested-cluster.ts'

/** The Docker Engine, if there is one, is the one instance of each cluster. @see Amazon ECS API reference, ListContainerInstances */
export const listContainerInstances: EcsInstanceAction<
  ListContainerInstancesRequest,
  ListContainerInstancesResponse
> = {
  operation: 'ListContainerInstances',
  permissions: (input, call) => [onCluster('ecs:ListContainerInstances', requestedCluster(input, call))],
  async run(input, call, { registry: { metadata }, findInstance }) {
    const cluster = requestedCluster(input, call)
    await requireActive(metadata, cluster)
    refuseUnoffered(input, ['filter'])
    pageSize(input.maxResults)
    const instance = (input.status ?? 'ACTIVE') === 'ACTIVE' ? await findInstance() : undefined
    return { containerInstanceArns: instance ? [containerInstanceArn(cluster, instance.id)] : [] }
  },
}
