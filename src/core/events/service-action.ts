import { clusterArn } from '../ecs/cluster.ts'
import { type ServiceKey, serviceArn } from '../ecs/scheduling/service-key.ts'
import type { Occurrence } from './event.ts'
import { ecsSource } from './task-state-changed.ts'

/** What a service's scheduler did or couldn't do. */
export interface ServiceActionFacts {
  readonly eventType: 'INFO' | 'WARN' | 'ERROR'
  readonly eventName:
    | 'SERVICE_STEADY_STATE'
    | 'SERVICE_TASK_START_IMPAIRED'
    | 'SERVICE_TASK_PLACEMENT_FAILURE'
  readonly reason?: string
}

/**
 * @param at milliseconds since 1970
 * @see Amazon ECS developer guide, "Amazon ECS service action events"
 */
export function serviceAction(service: ServiceKey, facts: ServiceActionFacts, at: number): Occurrence {
  const { account, region } = service.cluster
  return {
    registry: { account, region },
    source: ecsSource,
    detailType: 'ECS Service Action',
    resources: [serviceArn(service)],
    detail: {
      eventType: facts.eventType,
      eventName: facts.eventName,
      clusterArn: clusterArn(service.cluster),
      createdAt: new Date(at).toISOString(),
      ...(facts.reason !== undefined && { reason: facts.reason }),
    },
  }
}
