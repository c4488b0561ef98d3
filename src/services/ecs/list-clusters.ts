import type { ListClustersRequest, ListClustersResponse } from '@aws-sdk/client-ecs'
import { clusterArn } from '../../core/ecs/cluster.ts'
import { namePosition } from '../next-token.ts'
import { readPage } from '../page.ts'
import type { EcsAction } from './ecs-action.ts'
import { pageSize } from './page-size.ts'
import { onNothing } from './permissions.ts'

/** Active clusters alone. @see Amazon ECS API reference, ListClusters */
export const listClusters: EcsAction<ListClustersRequest, ListClustersResponse> = {
  operation: 'ListClusters',
  permissions: onNothing('ecs:ListClusters'),
  async run(input, call, { registry: { metadata } }) {
    const after = namePosition(call.pages)
    const { rows, nextToken } = await readPage(call, {
      size: pageSize(input.maxResults),
      read: (limit) => metadata.clusters.list(call.registry, { after, limit }),
      positionOf: (last) => last.name,
    })
    return { clusterArns: rows.map(clusterArn), ...(nextToken !== undefined && { nextToken }) }
  },
}
