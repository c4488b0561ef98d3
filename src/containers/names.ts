import type { Task, TaskContainer } from '../core/ecs/task.ts'
import type { Volume } from '../core/ecs/task-definition.ts'

/** The name a container has on the engine: the same each time, so that none is made twice. */
export function engineName(task: Task, { definition }: Pick<TaskContainer, 'definition'>): string {
  return `ecs-${task.family}-${task.revision}-${definition.name}-${task.id}`
}

/** The same for the one that holds what the others share. None of them has a dot in its name. */
export function pauseName(task: Task): string {
  return `ecs-${task.family}-${task.revision}-.pause-${task.id}`
}

/** A volume that goes with its task, or one that all tasks of an account share. */
export function volumeName(
  task: Task,
  { name = '', dockerVolumeConfiguration }: Volume,
  owner: string,
): string {
  const { account, region } = task.cluster
  return dockerVolumeConfiguration?.scope === 'shared'
    ? `ecs-${owner}-${account}-${region}-${name}`
    : `ecs-${task.family}-${task.revision}-${name}-${task.id}`
}

/** The network of a subnet of an account. */
export function networkName({ cluster: { account, region } }: Task, subnet: string, owner: string): string {
  return `ecs-${owner}-${account}-${region}-${subnet}`
}
