import type { Task, TaskContainer } from '../core/ecs/task.ts'
import type { Volume } from '../core/ecs/task-definition.ts'
import type { Owner } from './labels.ts'

/** What the name of the container that holds what the others share has in the place of theirs: a dot, which no other has. */
export const pausePart = '.pause'

/** The name a container has on the engine: the same each time, so that none is made twice. */
export function engineName(task: Task, { definition }: Pick<TaskContainer, 'definition'>): string {
  return nameWithin(task, definition.name)
}

/** The same for the one that holds what the others share. */
export function pauseName(task: Task): string {
  return nameWithin(task, pausePart)
}

/** What something of a task is called on the engine. */
export function nameWithin(
  {
    family,
    revision,
    id,
  }: { readonly family: string; readonly revision: number | string; readonly id: string },
  part: string,
): string {
  return `ecs-${family}-${revision}-${part}-${id}`
}

/** A volume that goes with its task, or one that all tasks of an account share. */
export function volumeName(
  task: Task,
  { name = '', dockerVolumeConfiguration }: Volume,
  { mark }: Pick<Owner, 'mark'>,
): string {
  const { account, region } = task.cluster
  return dockerVolumeConfiguration?.scope === 'shared'
    ? `ecs-${mark}-${account}-${region}-${name}`
    : nameWithin(task, name)
}

/** The network of a subnet of an account. */
export function networkName(
  { cluster: { account, region } }: Task,
  subnet: string,
  { mark }: Pick<Owner, 'mark'>,
): string {
  return `ecs-${mark}-${account}-${region}-${subnet}`
}
