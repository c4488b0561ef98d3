import type { DescribeCapacityProvidersRequest, DescribeCapacityProvidersResponse } from '@aws-sdk/client-ecs'
import type { EcsAction } from './ecs-action.ts'
import { onNothing } from './permissions.ts'

/** There are none. @see Amazon ECS API reference, DescribeCapacityProviders */
export const describeCapacityProviders: EcsAction<
  DescribeCapacityProvidersRequest,
  DescribeCapacityProvidersResponse
> = {
  operation: 'DescribeCapacityProviders',
  permissions: onNothing('ecs:DescribeCapacityProviders'),
  async run({ capacityProviders: names = [] }) {
    return { capacityProviders: [], failures: names.map((arn) => ({ arn, reason: 'MISSING' })) }
  },
}
