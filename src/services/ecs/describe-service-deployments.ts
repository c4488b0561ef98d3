import type {
  DescribeServiceDeploymentsRequest,
  DescribeServiceDeploymentsResponse,
} from '@aws-sdk/client-ecs'
import type { EcsAction } from './ecs-action.ts'
import { describeDeployments, namedDeployments, onDeployment } from './named-deployments.ts'
import { serviceDeploymentShape } from './service-deployment-shape.ts'

const kind = 'service-deployment'

/** @see Amazon ECS API reference, DescribeServiceDeployments */
export const describeServiceDeployments: EcsAction<
  DescribeServiceDeploymentsRequest,
  DescribeServiceDeploymentsResponse
> = {
  operation: 'DescribeServiceDeployments',
  permissions: ({ serviceDeploymentArns: arns }) =>
    namedDeployments(arns, kind).map((one) => onDeployment('ecs:DescribeServiceDeployments', one)),
  async run({ serviceDeploymentArns: arns }, _call, { registry: { metadata }, hasLooked }) {
    const { found, failures } = await describeDeployments(
      metadata,
      namedDeployments(arns, kind),
      (service, known) => serviceDeploymentShape(metadata, { service, known, hasLooked }),
    )
    return { serviceDeployments: found, failures }
  },
}
