import { deploymentStateChanged } from '../../events/deployment-state-changed.ts'
import type { Occurrence } from '../../events/event.ts'
import { serviceAction } from '../../events/service-action.ts'
import type { Deployment } from './deployment.ts'
import type { Service } from './service.ts'

/** What a scheduler has to say: in the service's own list, on the bus, or both. */
export interface Notice {
  readonly message?: string
  readonly occurrence?: Occurrence
}

type Named = Pick<Service, 'cluster' | 'name'>

/** @see Amazon ECS developer guide, "Amazon ECS service event messages", as all messages here */
export function hasStarted({ name }: Named, tasks: readonly string[]): Notice {
  return { message: `(service ${name}) has started ${tasks.length} tasks: ${listOf(tasks)}.` }
}

export function hasStopped({ name }: Named, tasks: readonly string[]): Notice {
  return { message: `(service ${name}) has stopped ${tasks.length} running tasks: ${listOf(tasks)}.` }
}

export function hasBegunDraining({ name }: Named, count: number): Notice {
  return { message: `(service ${name}) has begun draining connections on ${count} tasks.` }
}

export function failedHealthChecks({ name }: Named, task: string): Notice {
  return { message: `(service ${name}) (task ${task}) failed container health checks.` }
}

export function isSteady(service: Named, at: number): Notice {
  const message = `(service ${service.name}) has reached a steady state.`
  return {
    message,
    occurrence: serviceAction(service, { eventType: 'INFO', eventName: 'SERVICE_STEADY_STATE' }, at),
  }
}

export function isImpaired(service: Named, at: number): Notice {
  return {
    message: `(service ${service.name}) is unable to consistently start tasks successfully. For more information, see the Troubleshooting section.`,
    occurrence: serviceAction(service, { eventType: 'WARN', eventName: 'SERVICE_TASK_START_IMPAIRED' }, at),
  }
}

/** @param obstacle what AWS's message ends with, and the reason code of the event */
export function wasUnableToPlace(
  service: Named,
  { text, reason }: { readonly text: string; readonly reason?: string },
  at: number,
): Notice {
  const event = { eventType: 'ERROR', eventName: 'SERVICE_TASK_PLACEMENT_FAILURE' } as const
  return {
    message: `(service ${service.name}) was unable to place a task because no container instance met all of its requirements. ${text}`,
    occurrence: serviceAction(service, { ...event, ...(reason !== undefined && { reason }) }, at),
  }
}

export function isStuck({ name }: Named): Notice {
  return {
    message: `(service ${name}) was unable to stop or start tasks during a deployment because of the service deployment configuration. Update the minimumHealthyPercent or maximumPercent value and try again.`,
  }
}

export function deploymentStarted(service: Named, deployment: Deployment, at: number): Notice {
  const event = { eventType: 'INFO', eventName: 'SERVICE_DEPLOYMENT_IN_PROGRESS' } as const
  return { occurrence: deploymentStateChanged(service, deployment, event, at) }
}

export function deploymentCompleted(service: Named, deployment: Deployment, at: number): Notice {
  const event = { eventType: 'INFO', eventName: 'SERVICE_DEPLOYMENT_COMPLETED' } as const
  return {
    message: `(service ${service.name}) (deployment ${deployment.id}) deployment completed.`,
    occurrence: deploymentStateChanged(service, deployment, event, at),
  }
}

export function deploymentFailed(service: Named, deployment: Deployment, at: number): Notice {
  const event = { eventType: 'ERROR', eventName: 'SERVICE_DEPLOYMENT_FAILED' } as const
  return {
    message: `(service ${service.name}) (deployment ${deployment.id}) deployment failed: tasks failed to start.`,
    // AWS writes it otherwise than in the deployment.
    occurrence: deploymentStateChanged(
      service,
      { ...deployment, rolloutReason: 'ECS deployment circuit breaker: task failed to start.' },
      event,
      at,
    ),
  }
}

export function isRollingBack(service: Named, deployment: Deployment, at: number): Notice {
  const { occurrence } = deploymentStarted(service, deployment, at)
  return {
    message: `(service ${service.name}) rolling back to deployment ${deployment.id}.`,
    ...(occurrence !== undefined && { occurrence }),
  }
}

function listOf(tasks: readonly string[]): string {
  return tasks.map((task) => `(task ${task})`).join(' ')
}
