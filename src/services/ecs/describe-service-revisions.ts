import type { DescribeServiceRevisionsRequest, DescribeServiceRevisionsResponse } from '@aws-sdk/client-ecs'
import type { EcsAction } from './ecs-action.ts'
import { describeDeployments, namedDeployments, onDeployment } from './named-deployments.ts'
import { serviceRevisionShape } from './service-deployment-shape.ts'

const kind = 'service-revision'

/** What deployments have gone over to, with the digests that images' tags were then. @see Amazon ECS API reference, DescribeServiceRevisions */
export const describeServiceRevisions: EcsAction<
  DescribeServiceRevisionsRequest,
  DescribeServiceRevisionsResponse
> = {
  operation: 'DescribeServiceRevisions',
  permissions: ({ serviceRevisionArns: arns }) =>
    namedDeployments(arns, kind).map((one) => onDeployment('ecs:DescribeServiceRevisions', one)),
  async run({ serviceRevisionArns: arns }, _call, { registry: { metadata } }) {
    const { found, failures } = await describeDeployments(
      metadata,
      namedDeployments(arns, kind),
      serviceRevisionShape,
    )
    return { serviceRevisions: found, failures }
  },
}
