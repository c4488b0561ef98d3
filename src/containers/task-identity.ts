import { containerInstance } from '../access/iam/container-instance.ts'
import { findTaskRole, taskPrincipal } from '../access/iam/task-roles.ts'
import type { Principal } from '../access/principal.ts'
import type { Surroundings } from '../access/surroundings.ts'
import type { Task } from '../core/ecs/task.ts'
import { ContainerError } from './engine.ts'
import type { TaskWork } from './task-work.ts'

/** No client asks: this server acts for a task, and nothing of it leaves the machine. */
export const forTasks: Surroundings = { sourceIp: undefined, isSecure: true }

/**
 * Who pulls a task's images and reads its secrets: its execution role, or else the machine it runs on.
 *
 * @throws ContainerError ResourceInitializationError when there is no such role any more, or it doesn't trust tasks
 * @see Amazon ECS developer guide, "Amazon ECS task execution IAM role"
 */
export async function executionIdentity(work: Pick<TaskWork, 'registry'>, task: Task): Promise<Principal> {
  return identityOf(work, task, task.executionRoleArn)
}

/** Who a container is when it acts by itself: its task's role, or else the machine it runs on. @throws ContainerError as `executionIdentity` */
export async function ownIdentity(work: Pick<TaskWork, 'registry'>, task: Task): Promise<Principal> {
  return identityOf(work, task, task.taskRoleArn)
}

async function identityOf(
  { registry: { metadata } }: Pick<TaskWork, 'registry'>,
  { cluster, id }: Task,
  roleArn: string | undefined,
): Promise<Principal> {
  if (roleArn === undefined) return containerInstance(metadata, cluster.account)
  const role = await findTaskRole(metadata, cluster, roleArn)
  if (role !== undefined) return taskPrincipal(role, id)
  throw new ContainerError(
    'ResourceInitializationError',
    `unable to pull secrets or registry auth: unable to assume the role '${roleArn}': it is gone, or doesn't trust ecs-tasks.amazonaws.com`,
  )
}
