import { failedHealthChecks } from './notices.ts'
import { mostTasks, type Service } from './service.ts'
import { type HealthRule, isUp, type ServiceTask } from './service-task.ts'
import { withFailures } from './settle.ts'
import {
  deploymentToFill,
  type LiveTask,
  liveTasks,
  type Turn,
  withDeployment,
  withNotices,
  withService,
  withStops,
  withWait,
} from './turn.ts'

/** Whether a task fails its health checks and has had the time to pass them. */
export function isFailing(service: Service, task: ServiceTask, at: number): boolean {
  return task.phase === 'running' && task.health === 'unhealthy' && at >= graceEnd(service, task)
}

function graceEnd({ healthCheckGracePeriod = 0 }: Service, { startedAt = 0 }: ServiceTask): number {
  return startedAt + healthCheckGracePeriod * 1000
}

/**
 * Stops tasks that fail their health checks: once others do their work, one by one where only that makes room for others, or at once where
 * a deployment was given up that none comes after, since no others will.
 *
 * @see Amazon ECS API reference, DeploymentConfiguration, maximumPercent and minimumHealthyPercent
 */
export function stopUnhealthy(turn: Turn, around: HealthRule): Turn {
  const { at } = around
  const { service } = turn
  const live = liveTasks(turn)
  const inGrace = live.filter(({ task }) => task.health === 'unhealthy' && at < graceEnd(service, task))
  const waiting = inGrace.reduce((next, { task }) => withWait(next, graceEnd(service, task)), turn)
  const failing = live.filter(({ task }) => isFailing(service, task, at))
  const isCovered = live.filter(({ task }) => isUp(task, around)).length >= service.desiredCount
  const isFull = turn.isCrowded || live.length >= mostTasks(service)
  const isGivenUp = deploymentToFill(service) === undefined
  const toStop = isCovered || isGivenUp ? failing : failing.slice(0, isFull ? 1 : 0)
  return toStop.reduce((next, one) => stopOne(next, one, at), waiting)
}

function stopOne(turn: Turn, { deployment: { id }, task }: LiveTask, at: number): Turn {
  const stopped = withStops(turn, [{ id: task.id, reason: 'Task failed container health checks' }])
  const deployment = stopped.service.deployments.find((one) => one.id === id)
  if (deployment === undefined) return stopped
  const counted = withFailures(deployment, { failures: 1, strikes: 1 }, at)
  return withNotices(
    withService(stopped, withDeployment(stopped.service, counted)),
    failedHealthChecks(turn.service, task.id),
  )
}
