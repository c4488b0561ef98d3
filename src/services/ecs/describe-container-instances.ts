import type {
  DescribeContainerInstancesRequest,
  DescribeContainerInstancesResponse,
} from '@aws-sdk/client-ecs'
import { containerInstanceArn } from '../../core/ecs/container-instance.ts'
import { EcsInvalidParameterError } from '../../core/ecs/errors.ts'
import { instanceId, instanceShape, onInstances } from './container-instances.ts'
import type { EcsInstanceAction } from './ecs-action.ts'
import { requestedCluster, requireActive } from './requested-cluster.ts'

const mostInstances = 100

/** @see Amazon ECS API reference, DescribeContainerInstances */
export const describeContainerInstances: EcsInstanceAction<
  DescribeContainerInstancesRequest,
  DescribeContainerInstancesResponse
> = {
  operation: 'DescribeContainerInstances',
  permissions(input, call) {
    return onInstances(
      'ecs:DescribeContainerInstances',
      requestedCluster(input, call),
      input.containerInstances,
    )
  },
  async run(input, call, { registry: { metadata, taskRules: rules }, findInstance }) {
    const { containerInstances: names } = input
    if (names.length === 0) throw new EcsInvalidParameterError('Container instance cannot be empty.')
    if (names.length > mostInstances) {
      throw new EcsInvalidParameterError(`instanceIds cannot have more than ${mostInstances} elements.`)
    }
    const cluster = requestedCluster(input, call)
    await requireActive(metadata, cluster)
    const ids = new Set(names.map((name) => instanceId(name, cluster)))
    const instance = await findInstance()
    const withTags = input.include?.includes('TAGS') ?? false
    const isKnown = instance !== undefined && ids.delete(instance.id)
    return {
      containerInstances: isKnown
        ? [await instanceShape(metadata, cluster, instance, { rules, withTags })]
        : [],
      failures: Array.from(ids, (id) => ({ arn: containerInstanceArn(cluster, id), reason: 'MISSING' })),
    }
  },
}
