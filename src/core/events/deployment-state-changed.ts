import type { Deployment } from '../ecs/scheduling/deployment.ts'
import { type ServiceKey, serviceArn } from '../ecs/scheduling/service-key.ts'
import type { Occurrence } from './event.ts'
import { ecsSource } from './task-state-changed.ts'

/**
 * A deployment began, was completed or has failed; the reason is that of its rollout.
 *
 * @param at milliseconds since 1970
 * @see Amazon ECS developer guide, "Amazon ECS service deployment state change events"
 */
export function deploymentStateChanged(
  service: ServiceKey,
  { id, rolloutReason }: Pick<Deployment, 'id' | 'rolloutReason'>,
  event: {
    readonly eventType: 'INFO' | 'ERROR'
    readonly eventName:
      | 'SERVICE_DEPLOYMENT_IN_PROGRESS'
      | 'SERVICE_DEPLOYMENT_COMPLETED'
      | 'SERVICE_DEPLOYMENT_FAILED'
  },
  at: number,
): Occurrence {
  const { account, region } = service.cluster
  return {
    registry: { account, region },
    source: ecsSource,
    detailType: 'ECS Deployment State Change',
    resources: [serviceArn(service)],
    detail: {
      eventType: event.eventType,
      eventName: event.eventName,
      deploymentId: id,
      updatedAt: new Date(at).toISOString(),
      reason: rolloutReason,
    },
  }
}
