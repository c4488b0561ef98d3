import type { Principal } from '../access/principal.ts'
import { readAwsLogs } from '../core/ecs/awslogs.ts'
import type { Cluster } from '../core/ecs/cluster.ts'
import type { Task, TaskContainer } from '../core/ecs/task.ts'
import type { LogGroupKey } from '../core/log-events/log-group.ts'
import { executionIdentity, ownIdentity } from './task-identity.ts'
import type { TaskWork } from './task-work.ts'

/** Where the output of a command goes, and who puts it there. */
export interface ExecLog {
  readonly group: LogGroupKey
  readonly who: Principal
}

/**
 * Where the output of commands in a container goes, if anywhere: by the cluster's configuration to a log group, as the task's role, or else
 * to that of the container's own output, as whoever puts that there.
 *
 * @see Amazon ECS API reference, ExecuteCommandConfiguration, logging
 */
export async function execLog(
  work: Pick<TaskWork, 'registry'>,
  { execLogging }: Pick<Cluster, 'execLogging'>,
  task: Task,
  { definition }: TaskContainer,
): Promise<ExecLog | undefined> {
  const { account, region } = task.cluster
  if (execLogging?.logging === 'NONE') return undefined
  if (execLogging?.logging === 'OVERRIDE') {
    return { group: { account, region, name: execLogging.group }, who: await ownIdentity(work, task) }
  }
  const group = readAwsLogs(definition, account)?.group
  return group && { group, who: await executionIdentity(work, task) }
}
