import type { ProtectedTask } from '@aws-sdk/client-ecs'
import type { ClusterKey } from '../../core/ecs/cluster.ts'
import { EcsInvalidParameterError } from '../../core/ecs/errors.ts'
import { parseTask, type Task, type TaskKey, taskArn } from '../../core/ecs/task.ts'
import type { Checked } from '../checked.ts'
import type { Call } from '../service.ts'
import { inCluster } from './permissions.ts'
import { requestedCluster } from './requested-cluster.ts'

interface NamesTasks {
  readonly cluster: string
  readonly tasks?: readonly string[]
}

/** @see Amazon ECS API reference, UpdateTaskProtection, tasks */
export const mostProtectedTasks = 10

/** The tasks that a request names. @throws EcsInvalidParameterError for too many */
export function requestedTasks(input: NamesTasks, call: Call, most: number): readonly TaskKey[] {
  const { tasks = [] } = input
  if (tasks.length > most) {
    throw new EcsInvalidParameterError(`Tasks cannot have more than ${most} elements.`)
  }
  const cluster = requestedCluster(input, call)
  return tasks.map((task) => parseTask(task, cluster))
}

/** The right to do something to each of these tasks. */
export function onTasks(action: `ecs:${string}`, cluster: ClusterKey, keys: readonly TaskKey[]) {
  const arns = keys.length === 0 ? [taskArn({ cluster, id: '*' })] : keys.map(taskArn)
  return arns.map((resource) => inCluster(action, resource, cluster))
}

/** A task that nothing was done to, and why. */
export interface TaskFailure {
  readonly arn: string
  readonly reason: string
  readonly detail?: string
}

/** Why a task can't be protected, if it can't: it must be a service's and running. */
export function objection(key: TaskKey, task: Task | undefined): TaskFailure | undefined {
  const arn = taskArn(key)
  if (task === undefined) return { arn, reason: 'MISSING' }
  const isToRun = task.desired === 'RUNNING' && task.status !== 'STOPPED'
  if (isToRun && task.service !== undefined) return undefined
  const detail = isToRun ? 'The task does not belong to a service.' : 'The task has stopped.'
  return { arn, reason: 'TASK_NOT_VALID', detail }
}

export function protectionShape(task: Task, at: Date): Checked<ProtectedTask> {
  const { protectedUntil: until = 0 } = task
  const protectionEnabled = until > at.getTime()
  return {
    taskArn: taskArn(task),
    protectionEnabled,
    ...(protectionEnabled && { expirationDate: new Date(until) }),
  }
}
