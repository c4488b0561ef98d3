import { deploymentFailed, isRollingBack } from './notices.ts'
import { primaryOf, type Service } from './service.ts'
import { type Turn, withDeployment, withNotices, withService } from './turn.ts'

/** How many failed tasks end a deployment. @see Amazon ECS developer guide, "How the Amazon ECS deployment circuit breaker detects failures" */
export function circuitThreshold({ desiredCount }: Pick<Service, 'desiredCount'>): number {
  return Math.min(200, Math.max(3, Math.ceil(desiredCount / 2)))
}

/** Gives up a deployment whose tasks fail, if the service has its circuit breaker on, and goes back if it is to. */
export function breakCircuit(turn: Turn, at: number): Turn {
  const { service } = turn
  const { enable, rollback } = service.deploymentConfiguration.circuitBreaker
  const primary = primaryOf(service)
  const isBroken = primary.rollout === 'IN_PROGRESS' && primary.strikes >= circuitThreshold(service)
  if (!enable || !isBroken) return turn
  const rolloutReason = 'ECS deployment circuit breaker: tasks failed to start.'
  const failed = { ...primary, rollout: 'FAILED', rolloutReason, updatedAt: at } as const
  const given = withNotices(
    withService(turn, withDeployment(service, failed)),
    deploymentFailed(service, failed, at),
  )
  const back = rollback ? rolledBack(given.service, 'ECS deployment circuit breaker:', at) : given.service
  if (back === given.service) return given
  return withNotices(withService(given, back), isRollingBack(service, primaryOf(back), at))
}

/**
 * Makes the deployment that was completed last the primary one again; its tasks that still run stay. The same service where there is none to
 * go back to.
 *
 * @param who what its reason begins with
 */
export function rolledBack(service: Service, who: string, at: number): Service {
  const { lastCompleted: target } = service
  if (target === undefined || target.id === primaryOf(service).id) return service
  const known = service.deployments.find(({ id }) => id === target.id)
  const rolloutReason = `${who} rolling back to deploymentId ${target.id}.`
  const again = {
    ...target,
    tasks: known?.tasks ?? [],
    rollout: 'IN_PROGRESS',
    rolloutReason,
    return: { reason: rolloutReason, failures: primaryOf(service).strikes },
    updatedAt: at,
  } as const
  const others = service.deployments.filter(({ id }) => id !== target.id)
  return { ...service, deployments: [again, ...others] }
}
