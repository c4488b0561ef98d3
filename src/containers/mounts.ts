import type { ContainerDefinition } from '../core/ecs/container-definition.ts'
import type { Task } from '../core/ecs/task.ts'
import type { Volume } from '../core/ecs/task-definition.ts'
import { labels, type Owner, ownerLabels, taskLabels } from './labels.ts'
import { volumeName } from './names.ts'

/** What of a task's volumes is mounted into a container, and where. @see Docker Engine API, ContainerCreate, Mounts */
export function mountsOf(task: Task, { mountPoints = [] }: ContainerDefinition, owner: Owner): object[] {
  return mountPoints.flatMap(({ sourceVolume, containerPath: Target, readOnly: ReadOnly = false }) => {
    const volume = task.volumes?.find(({ name }) => name === sourceVolume)
    if (volume === undefined) return []
    const folder = volume.host?.sourcePath
    return folder === undefined
      ? { Type: 'volume', Source: volumeName(task, volume, owner), Target, ReadOnly }
      : { Type: 'bind', Source: folder, Target, ReadOnly }
  })
}

/** Whether the engine keeps a volume: a folder of its machine it doesn't. */
export function isKeptByEngine({ host }: Volume): boolean {
  return host?.sourcePath === undefined
}

/** Whether a volume goes with its task. */
export function goesWithTask(volume: Volume): boolean {
  return isKeptByEngine(volume) && volume.dockerVolumeConfiguration?.scope !== 'shared'
}

/** What the engine is asked to make of a volume; one that is shared carries no task. @see Docker Engine API, VolumeCreate */
export function volumeOptions(task: Task, volume: Volume, owner: Owner): object {
  const { driver = 'local', driverOpts = {}, labels: own = {} } = volume.dockerVolumeConfiguration ?? {}
  const marks = goesWithTask(volume) ? taskLabels(task, owner) : ownerLabels(owner)
  return {
    Name: volumeName(task, volume, owner),
    Driver: driver,
    DriverOpts: driverOpts,
    Labels: { ...withoutMarks(own), ...marks },
  }
}

/** Nobody's own labels say whose a volume is. */
function withoutMarks(own: Readonly<Record<string, string>>): Record<string, string> {
  const reserved: readonly string[] = Object.values(labels)
  return Object.fromEntries(Object.entries(own).filter(([name]) => !reserved.includes(name)))
}
