import { rolledBack } from './break-circuit.ts'
import { primaryOf, type Service } from './service.ts'
import { withDeployment } from './turn.ts'

/**
 * Gives up a service's primary deployment, since somebody wants it: nothing more of it is started and, with `ROLLBACK`, the service goes back to
 * what was completed last. The same service where there is nothing to go back to.
 *
 * @param at milliseconds since 1970
 * @see Amazon ECS API reference, StopServiceDeployment, stopType
 */
export function stopDeployment(service: Service, stopType: 'ABORT' | 'ROLLBACK', at: number): Service {
  const rolloutReason = 'ECS deployment was stopped by a user.'
  const failed = { ...primaryOf(service), rollout: 'FAILED', rolloutReason, updatedAt: at } as const
  const given = withDeployment(service, failed)
  if (stopType === 'ABORT') return given
  const back = rolledBack(given, 'ECS deployment was stopped by a user:', at)
  return back === given ? service : back
}
