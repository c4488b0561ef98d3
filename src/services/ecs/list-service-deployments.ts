import type { ListServiceDeploymentsRequest, ListServiceDeploymentsResponse } from '@aws-sdk/client-ecs'
import { EcsServiceNotFoundError } from '../../core/ecs/errors.ts'
import { serviceRevisionArn } from '../../core/ecs/scheduling/service-key.ts'
import { isObject } from '../../core/event-patterns/leaf.ts'
import { readPage } from '../page.ts'
import type { Pages } from '../service.ts'
import type { EcsAction } from './ecs-action.ts'
import { pageSize } from './page-size.ts'
import { requireActive } from './requested-cluster.ts'
import { onService, requestedService } from './requested-service.ts'
import { briefShape } from './service-deployment-shape.ts'

const usualSize = 20

/** A service's deployments, newest first: the latest hundred. @see Amazon ECS API reference, ListServiceDeployments */
export const listServiceDeployments: EcsAction<
  ListServiceDeploymentsRequest,
  ListServiceDeploymentsResponse
> = {
  operation: 'ListServiceDeployments',
  permissions: (input, call) => [onService('ecs:ListServiceDeployments', requestedService(input, call))],
  async run(input, call, { registry: { metadata } }) {
    const { status: statuses = [], createdAt = {}, maxResults = usualSize } = input
    const key = requestedService(input, call)
    await requireActive(metadata, key.cluster)
    const size = pageSize(maxResults)
    const after = positionOf(call.pages)
    if ((await metadata.services.find(key)) === undefined) throw new EcsServiceNotFoundError()
    const { rows, nextToken } = await readPage(call, {
      size,
      read: (limit) =>
        metadata.serviceDeployments.list(key, {
          statuses,
          from: createdAt.after?.getTime(),
          until: createdAt.before?.getTime(),
          after,
          limit,
        }),
      positionOf: ({ id, createdAt: at }) => ({ id, createdAt: at }),
    })
    const serviceDeployments = rows.map((one) => ({
      ...briefShape(key, one),
      targetServiceRevisionArn: serviceRevisionArn(key, one.id),
    }))
    return { serviceDeployments, ...(nextToken !== undefined && { nextToken }) }
  },
}

function positionOf({ position }: Pages): { readonly id: string; readonly createdAt: number } | undefined {
  if (!isObject(position)) return undefined
  const { id, createdAt } = position
  return typeof id === 'string' && typeof createdAt === 'number' ? { id, createdAt } : undefined
}
