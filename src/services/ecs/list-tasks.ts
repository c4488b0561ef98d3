import type { ListTasksRequest, ListTasksResponse } from '@aws-sdk/client-ecs'
import { EcsServiceNotFoundError } from '../../core/ecs/errors.ts'
import { parseService } from '../../core/ecs/scheduling/service-key.ts'
import { taskArn } from '../../core/ecs/task.ts'
import { namePosition } from '../next-token.ts'
import { readPage } from '../page.ts'
import { instanceId } from './container-instances.ts'
import type { EcsAction } from './ecs-action.ts'
import { pageSize } from './page-size.ts'
import { onCluster } from './permissions.ts'
import { refuseUnoffered } from './refuse-unoffered.ts'
import { requestedCluster, requireActive } from './requested-cluster.ts'

/** Tasks of a cluster that are to run, or those that aren't. @see Amazon ECS API reference, ListTasks */
export const listTasks: EcsAction<ListTasksRequest, ListTasksResponse> = {
  operation: 'ListTasks',
  permissions: (input, call) => [onCluster('ecs:ListTasks', requestedCluster(input, call))],
  async run(input, call, { registry: { metadata } }) {
    const { family, startedBy, desiredStatus: desired = 'RUNNING', launchType = 'EC2' } = input
    const cluster = requestedCluster(input, call)
    await requireActive(metadata, cluster)
    refuseUnoffered(input, ['daemonName'])
    const instance = input.containerInstance && instanceId(input.containerInstance, cluster)
    const service = input.serviceName === undefined ? undefined : parseService(input.serviceName, cluster)
    if (service !== undefined && (await metadata.services.find(service)) === undefined) {
      throw new EcsServiceNotFoundError()
    }
    const after = namePosition(call.pages)
    const size = pageSize(input.maxResults)
    // Nothing is ever meant to be pending, and everything is of the one launch type there is.
    if (desired === 'PENDING' || launchType !== 'EC2') return { taskArns: [] }
    const { rows, nextToken } = await readPage(call, {
      size,
      read: (limit) =>
        metadata.tasks.list(cluster, {
          ...{ desired, family, startedBy, service: service?.name, instance },
          after,
          limit,
        }),
      positionOf: ({ id }) => id,
    })
    return { taskArns: rows.map(taskArn), ...(nextToken !== undefined && { nextToken }) }
  },
}
