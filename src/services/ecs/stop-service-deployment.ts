import type { StopServiceDeploymentRequest, StopServiceDeploymentResponse } from '@aws-sdk/client-ecs'
import { EcsConflictError, EcsServiceDeploymentNotFoundError } from '../../core/ecs/errors.ts'
import { primaryOf } from '../../core/ecs/scheduling/service.ts'
import { deploymentNumber } from '../../core/ecs/scheduling/service-deployment.ts'
import { serviceJob } from '../../core/ecs/scheduling/service-key.ts'
import { stopDeployment } from '../../core/ecs/scheduling/stop-deployment.ts'
import { putService } from '../../registry/ecs/put-service.ts'
import type { EcsAction } from './ecs-action.ts'
import { isOwn, namedDeployment, onDeployment } from './named-deployments.ts'

const kind = 'service-deployment'

/**
 * Gives up a deployment that is under way and, unless told otherwise, has the service go back to what was completed last.
 *
 * @see Amazon ECS API reference, StopServiceDeployment
 */
export const stopServiceDeployment: EcsAction<StopServiceDeploymentRequest, StopServiceDeploymentResponse> = {
  operation: 'StopServiceDeployment',
  permissions: ({ serviceDeploymentArn: arn }) => [
    onDeployment('ecs:StopServiceDeployment', namedDeployment(arn, kind)),
  ],
  async run({ serviceDeploymentArn: arn, stopType = 'ROLLBACK' }, call, { registry: { metadata, now } }) {
    const named = namedDeployment(arn, kind)
    await metadata.write(async (tx) => {
      const service = await tx.services.lock(named.service)
      const known = await tx.serviceDeployments.find(named.service, named.id)
      if (service === undefined || known === undefined || !isOwn(named, call)) {
        throw new EcsServiceDeploymentNotFoundError()
      }
      const primary = primaryOf(service)
      const isUnderWay =
        service.status === 'ACTIVE' &&
        deploymentNumber(primary) === named.id &&
        primary.rollout === 'IN_PROGRESS'
      if (!isUnderWay) {
        throw new EcsConflictError(`The service deployment is ${known.status} and can no longer be stopped.`)
      }
      const stopped = stopDeployment(service, stopType, now().getTime())
      if (stopped === service) {
        throw new EcsConflictError(
          'The service has no completed deployment to roll back to. Use the stopType ABORT.',
        )
      }
      await putService(tx, stopped, now())
      await tx.jobs.add(serviceJob(named.service), now())
    })
    return { serviceDeploymentArn: arn }
  },
}
