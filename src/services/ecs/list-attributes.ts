import type { ListAttributesRequest, ListAttributesResponse } from '@aws-sdk/client-ecs'
import { containerInstanceArn } from '../../core/ecs/container-instance.ts'
import { EcsInvalidParameterError } from '../../core/ecs/errors.ts'
import { instanceAttributes } from '../../core/ecs/placement/instance-attributes.ts'
import { namePosition } from '../next-token.ts'
import { readPage } from '../page.ts'
import type { EcsInstanceAction } from './ecs-action.ts'
import { pageSize } from './page-size.ts'
import { onCluster } from './permissions.ts'
import { requestedCluster, requireActive } from './requested-cluster.ts'

/** The attributes of a cluster's instance, by name. @see Amazon ECS API reference, ListAttributes */
export const listAttributes: EcsInstanceAction<ListAttributesRequest, ListAttributesResponse> = {
  operation: 'ListAttributes',
  permissions: (input, call) => [onCluster('ecs:ListAttributes', requestedCluster(input, call))],
  async run(input, call, { registry: { metadata, taskRules: rules }, findInstance }) {
    const { attributeName, attributeValue } = input
    const cluster = requestedCluster(input, call)
    if (attributeValue !== undefined && attributeName === undefined) {
      throw new EcsInvalidParameterError('An attributeName must be specified with an attributeValue.')
    }
    const size = pageSize(input.maxResults)
    const after = namePosition(call.pages) ?? ''
    await requireActive(metadata, cluster)
    const instance = await findInstance()
    if (instance === undefined) return { attributes: [] }
    const targetId = containerInstanceArn(cluster, instance.id)
    const state = await metadata.containerInstances.state(cluster, instance.id)
    const all = Array.from(instanceAttributes(instance, { rules, region: cluster.region, state }))
    const wanted = all
      .filter(([name]) => name > after && (attributeName === undefined || name === attributeName))
      .filter(([, value]) => attributeValue === undefined || value === attributeValue)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
    const { rows, nextToken } = await readPage(call, {
      size,
      read: async (limit) => wanted.slice(0, limit),
      positionOf: ([name]) => name,
    })
    const attributes = rows.map(([name, value]) => ({
      name,
      ...(value !== undefined && { value }),
      targetId,
    }))
    return { attributes, ...(nextToken !== undefined && { nextToken }) }
  },
}
