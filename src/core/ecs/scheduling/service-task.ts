import { taskHealth } from '../running/task-health.ts'
import type { Task } from '../task.ts'

/** What a service's scheduler sees of a task. */
export interface ServiceTask {
  readonly id: string
  /** A task that is to stop is stopping, whatever it does yet; one that has stopped is gone. */
  readonly phase: 'pending' | 'running' | 'stopping' | 'gone'
  /** `none` where no container has a health check. */
  readonly health: 'none' | 'unknown' | 'healthy' | 'unhealthy'
  /** Milliseconds since 1970. */
  readonly startedAt?: number
  /** Whether it stopped though nobody told it to, and its engine was there all the time and fit for it. */
  readonly endedByItself: boolean
  /** Until when nothing but its own end and its service's deletion may stop it. Milliseconds since 1970. */
  readonly protectedUntil?: number
}

export function serviceTask(task: Task): ServiceTask {
  const { startedAt, stopCode } = task
  const wasStoppedByOthers = stopCode === 'UserInitiated' || stopCode === 'ServiceSchedulerInitiated'
  return {
    id: task.id,
    phase: phaseOf(task),
    health: healthOf(task),
    endedByItself: task.desired === 'STOPPED' && !wasStoppedByOthers && !task.isLost,
    ...(startedAt !== undefined && { startedAt }),
    ...(task.protectedUntil !== undefined && { protectedUntil: task.protectedUntil }),
  }
}

function phaseOf({ status, desired }: Task): ServiceTask['phase'] {
  if (status === 'STOPPED') return 'gone'
  if (desired === 'STOPPED') return 'stopping'
  return status === 'RUNNING' ? 'running' : 'pending'
}

function healthOf(task: Task): ServiceTask['health'] {
  const isChecked = task.containers.some(
    ({ definition }) => definition.essential !== false && definition.healthCheck !== undefined,
  )
  return isChecked ? healths[taskHealth(task)] : 'none'
}

const healths = { HEALTHY: 'healthy', UNHEALTHY: 'unhealthy', UNKNOWN: 'unknown' } as const

/** By what a task counts as healthy. */
export interface HealthRule {
  /** Milliseconds since 1970. */
  readonly at: number
  /** How long a task without health checks must run, in milliseconds. */
  readonly settleTime: number
}

/**
 * Whether a task runs and does what it should, as far as anyone can tell: its health checks say so or, without any, it has run for a
 * while.
 *
 * @see Amazon ECS API reference, DeploymentConfiguration, minimumHealthyPercent
 */
export function isUp(task: ServiceTask, { at, settleTime }: HealthRule): boolean {
  if (task.phase !== 'running') return false
  return task.health === 'healthy' || (task.health === 'none' && at >= settledAt(task, settleTime))
}

/** When a task without health checks counts as healthy. */
export function settledAt({ startedAt = 0 }: ServiceTask, settleTime: number): number {
  return startedAt + settleTime
}
