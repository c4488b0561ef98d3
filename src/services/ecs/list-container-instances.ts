import type { ListContainerInstancesRequest, ListContainerInstancesResponse } from '@aws-sdk/client-ecs'
import { containerInstanceArn } from '../../core/ecs/container-instance.ts'
import { asQueried } from '../../core/ecs/placement/find-place.ts'
import { parseQuery } from '../../core/ecs/placement/parse-query.ts'
import type { EcsInstanceAction } from './ecs-action.ts'
import { pageSize } from './page-size.ts'
import { onCluster } from './permissions.ts'
import { placeIn } from './place-in.ts'
import { requestedCluster, requireActive } from './requested-cluster.ts'

/** The Docker Engine, if there is one, is the one instance of each cluster. @see Amazon ECS API reference, ListContainerInstances */
export const listContainerInstances: EcsInstanceAction<
  ListContainerInstancesRequest,
  ListContainerInstancesResponse
> = {
  operation: 'ListContainerInstances',
  permissions: (input, call) => [onCluster('ecs:ListContainerInstances', requestedCluster(input, call))],
  async run(input, call, { registry, findInstance }) {
    const { metadata } = registry
    const cluster = requestedCluster(input, call)
    await requireActive(metadata, cluster)
    pageSize(input.maxResults)
    const query = input.filter === undefined ? undefined : parseQuery(input.filter)
    const instance = await findInstance()
    if (instance === undefined) return { containerInstanceArns: [] }
    const place = await placeIn(metadata, registry, cluster, instance)
    const isWanted = (input.status ?? 'ACTIVE') === place.state.status && (query?.(asQueried(place)) ?? true)
    return { containerInstanceArns: isWanted ? [containerInstanceArn(cluster, instance.id)] : [] }
  },
}
