import type { ContainerDefinition } from './container-definition.ts'
import { EcsClientError, EcsInvalidParameterError } from './errors.ts'
import type { TaskDefinitionContent } from './task-definition.ts'

/** What Berth acts upon when it runs a container; whatever else a definition says, it doesn't run. */
const honoured: ReadonlySet<string> = new Set([
  'name',
  'image',
  'cpu',
  'memory',
  'memoryReservation',
  'portMappings',
  'essential',
  'entryPoint',
  'command',
  'environment',
  'workingDirectory',
  'user',
  'hostname',
  'readonlyRootFilesystem',
  'stopTimeout',
  'dockerLabels',
] satisfies (keyof ContainerDefinition)[])

/** The same of a task; placement has nothing to choose from on one engine. */
const honouredOfTask: ReadonlySet<string> = new Set([
  'containerDefinitions',
  'networkMode',
  'requiresCompatibilities',
  'cpu',
  'memory',
  'executionRoleArn',
  'runtimePlatform',
] satisfies (keyof TaskDefinitionContent)[])

/**
 * Refuses to run what would run differently from what its definition says.
 *
 * @throws EcsInvalidParameterError for network mode awsvpc
 * @throws EcsClientError that names the first setting which Berth doesn't act upon
 */
export function checkRunnable(task: TaskDefinitionContent): void {
  const { networkMode = 'awsvpc', runtimePlatform = {} } = task
  if (networkMode === 'awsvpc' || networkMode === 'host') {
    throw new EcsInvalidParameterError(
      `Berth does not run tasks with networkMode '${networkMode}'; use 'bridge'.`,
    )
  }
  if ((runtimePlatform.operatingSystemFamily ?? 'LINUX') !== 'LINUX') {
    throw new EcsClientError('Berth runs Linux containers alone.')
  }
  const setting = Object.entries(task).find(
    ([name, value]) => !honouredOfTask.has(name) && saysSomething(value),
  )
  if (setting !== undefined) throw new EcsClientError(`Berth does not run tasks with '${setting[0]}'.`)
  for (const container of task.containerDefinitions) checkContainer(container)
}

function checkContainer(container: ContainerDefinition): void {
  const setting = Object.entries(container).find(
    ([name, value]) => !honoured.has(name) && saysSomething(value),
  )
  if (setting !== undefined) refuse(container, setting[0])
  const named = (container.portMappings ?? []).find((mapping) => mapping.containerPortRange !== undefined)
  if (named !== undefined) refuse(container, 'containerPortRange')
}

function refuse({ name }: ContainerDefinition, setting: string): never {
  throw new EcsClientError(`Berth does not run containers with '${setting}', as '${name}' has.`)
}

/** An empty list, `false` and the like ask for what happens anyway. */
function saysSomething(value: unknown): boolean {
  if (value === undefined || value === false) return false
  return !(Array.isArray(value) && value.length === 0)
}
