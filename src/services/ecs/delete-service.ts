import type { DeleteServiceRequest, DeleteServiceResponse } from '@aws-sdk/client-ecs'
import { EcsInvalidParameterError, EcsServiceNotFoundError } from '../../core/ecs/errors.ts'
import { serviceArn, serviceJob } from '../../core/ecs/scheduling/service-key.ts'
import { putService } from '../../registry/ecs/put-service.ts'
import type { EcsAction } from './ecs-action.ts'
import { lockService, onService, requestedService } from './requested-service.ts'
import { serviceShape } from './service-shape.ts'

/**
 * Has a service drain: its tasks stop, and then it is inactive. One that is scaled above 0 must be forced, unless it is a daemon.
 *
 * @see Amazon ECS API reference, DeleteService
 */
export const deleteService: EcsAction<DeleteServiceRequest, DeleteServiceResponse> = {
  operation: 'DeleteService',
  permissions: (input, call) => [onService('ecs:DeleteService', requestedService(input, call))],
  async run(input, call, { registry: { metadata, now }, hasLooked }) {
    const key = requestedService(input, call)
    return metadata.write(async (tx) => {
      const known = await lockService(tx, key)
      if (known.status === 'INACTIVE') throw new EcsServiceNotFoundError()
      const isScaled = known.schedulingStrategy === 'REPLICA' && known.desiredCount > 0
      if (isScaled && known.status === 'ACTIVE' && !input.force) {
        throw new EcsInvalidParameterError('The service cannot be stopped while it is scaled above 0.')
      }
      const draining = { ...known, status: 'DRAINING', desiredCount: 0 } as const
      await putService(tx, draining, now())
      await tx.arnTags.clear(serviceArn(key))
      await tx.jobs.add(serviceJob(key), now())
      return { service: await serviceShape(tx, draining, { withTags: true, hasLooked }) }
    })
  },
}
