import type {
  DescribeServicesRequest,
  DescribeServicesResponse,
  Failure,
  Service as ServiceShape,
} from '@aws-sdk/client-ecs'
import { EcsInvalidParameterError } from '../../core/ecs/errors.ts'
import { parseService, type ServiceKey, serviceArn } from '../../core/ecs/scheduling/service-key.ts'
import type { Checked } from '../checked.ts'
import type { Call } from '../service.ts'
import type { EcsAction } from './ecs-action.ts'
import { requestedCluster, requireActive } from './requested-cluster.ts'
import { onService } from './requested-service.ts'
import { serviceShape } from './service-shape.ts'

const mostServices = 10

/** Deleted services can be described for an hour. @see Amazon ECS API reference, DescribeServices */
export const describeServices: EcsAction<DescribeServicesRequest, DescribeServicesResponse> = {
  operation: 'DescribeServices',
  permissions: (input, call) => requested(input, call).map((key) => onService('ecs:DescribeServices', key)),
  async run(input, call, { registry: { metadata }, hasLooked }) {
    const keys = requested(input, call)
    await requireActive(metadata, requestedCluster(input, call))
    const services: Checked<ServiceShape>[] = []
    const failures: Checked<Failure>[] = []
    const withTags = input.include?.includes('TAGS') ?? false
    for (const key of keys) {
      const service = await metadata.services.find(key)
      if (service === undefined) failures.push({ arn: serviceArn(key), reason: 'MISSING' })
      else services.push(await serviceShape(metadata, service, { withTags, hasLooked }))
    }
    return { services, failures }
  },
}

function requested(input: Checked<DescribeServicesRequest>, call: Call): readonly ServiceKey[] {
  const { services } = input
  if (services.length === 0) throw new EcsInvalidParameterError('Services cannot be empty.')
  if (services.length > mostServices) {
    throw new EcsInvalidParameterError(`Services cannot have more than ${mostServices} elements.`)
  }
  const cluster = requestedCluster(input, call)
  return services.map((service) => parseService(service, cluster))
}
