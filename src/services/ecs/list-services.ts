import type { ListServicesRequest, ListServicesResponse } from '@aws-sdk/client-ecs'
import { serviceArn } from '../../core/ecs/scheduling/service-key.ts'
import { namePosition } from '../next-token.ts'
import { readPage } from '../page.ts'
import type { EcsAction } from './ecs-action.ts'
import { pageSize } from './page-size.ts'
import { onCluster } from './permissions.ts'
import { refuseUnoffered } from './refuse-unoffered.ts'
import { requestedCluster, requireActive } from './requested-cluster.ts'

const usualSize = 10

/** Active services alone. @see Amazon ECS API reference, ListServices */
export const listServices: EcsAction<ListServicesRequest, ListServicesResponse> = {
  operation: 'ListServices',
  permissions: (input, call) => [onCluster('ecs:ListServices', requestedCluster(input, call))],
  async run(input, call, { registry: { metadata } }) {
    const { launchType = 'EC2', schedulingStrategy, maxResults = usualSize } = input
    const cluster = requestedCluster(input, call)
    await requireActive(metadata, cluster)
    refuseUnoffered(input, ['resourceManagementType'])
    const size = pageSize(maxResults)
    const after = namePosition(call.pages)
    if (launchType !== 'EC2') return { serviceArns: [] }
    const { rows, nextToken } = await readPage(call, {
      size,
      read: (limit) => metadata.services.list(cluster, { schedulingStrategy, after, limit }),
      positionOf: ({ name }) => name,
    })
    return { serviceArns: rows.map(serviceArn), ...(nextToken !== undefined && { nextToken }) }
  },
}
