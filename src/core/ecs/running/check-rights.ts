import type { ContainerDefinition } from '../container-definition.ts'
import { EcsClientError } from '../errors.ts'
import type { TaskDefinitionContent, Volume } from '../task-definition.ts'
import type { TaskRight, TaskRules } from '../task-rules.ts'

/** What takes nothing from anybody: a container that can do less. */
const harmlessSecurityOptions: ReadonlySet<string> = new Set(['no-new-privileges', 'no-new-privileges:true'])

/**
 * Refuses what reaches beyond a task's own containers and its operator hasn't allowed.
 *
 * @throws EcsClientError that names the setting, and how it is allowed
 */
export function checkRights(task: TaskDefinitionContent, rules: TaskRules): void {
  for (const [right, setting] of neededByTask(task)) requireRight(right, `tasks with '${setting}'`, rules)
  for (const container of task.containerDefinitions) {
    for (const [right, setting] of neededByContainer(container)) {
      requireRight(right, `containers with '${setting}', as '${container.name}' has`, rules)
    }
  }
  for (const volume of task.volumes ?? []) checkVolume(volume, rules)
}

type Need = readonly [TaskRight, string]

function neededByTask({ networkMode, pidMode, ipcMode }: TaskDefinitionContent): readonly Need[] {
  return [
    ...needed(networkMode === 'host', 'host-network', 'networkMode host'),
    ...needed(pidMode === 'host', 'host-pid', 'pidMode host'),
    ...needed(ipcMode === 'host', 'host-ipc', 'ipcMode host'),
  ]
}

function neededByContainer(container: ContainerDefinition): readonly Need[] {
  const { privileged = false, linuxParameters = {}, dockerSecurityOptions = [] } = container
  const { capabilities, devices = [] } = linuxParameters
  const loosens = dockerSecurityOptions.some((option) => !harmlessSecurityOptions.has(option))
  return [
    ...needed(privileged, 'privileged', 'privileged'),
    ...needed((capabilities?.add ?? []).length > 0, 'capabilities', 'linuxParameters.capabilities.add'),
    ...needed(devices.length > 0, 'devices', 'linuxParameters.devices'),
    ...needed(loosens, 'security-options', 'dockerSecurityOptions'),
  ]
}

function needed(isNeeded: boolean, right: TaskRight, setting: string): readonly Need[] {
  return isNeeded ? [[right, setting]] : []
}

function requireRight(right: TaskRight, what: string, { rights }: TaskRules): void {
  if (rights.has(right)) return
  throw new EcsClientError(
    `Berth does not run ${what}, unless its operator allows it (--tasks-may ${right}).`,
  )
}

/** A driver of the engine's own can be told to mount anything, a folder of its machine as well. */
function checkVolume({ name, host, dockerVolumeConfiguration: docker }: Volume, rules: TaskRules): void {
  const folder = host?.sourcePath
  if (folder !== undefined && !rules.folders.has(folder)) {
    throw new EcsClientError(
      `Berth does not mount '${folder}', as volume '${name}' asks, unless its operator allows that folder (--task-folders).`,
    )
  }
  const { driver = 'local', driverOpts = {} } = docker ?? {}
  if (driver === 'local' && Object.keys(driverOpts).length === 0) return
  requireRight('volume-drivers', `tasks with a driver or driverOpts, as volume '${name}' has`, rules)
}
