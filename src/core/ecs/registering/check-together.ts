import type { ContainerDefinition } from '../container-definition.ts'
import { EcsClientError } from '../errors.ts'
import { startsAfter } from '../running/starts-after.ts'
import type { TaskDefinitionContent, Volume } from '../task-definition.ts'
import { isAbsolutePath } from './check-linux.ts'
import { reservedLabel } from './reserved-labels.ts'

/** @see Amazon ECS developer guide, "Amazon ECS service quotas", Containers per task definition */
const mostContainers = 10

/**
 * Checks what the containers of a task definition have to do with each other and with its volumes.
 *
 * @throws EcsClientError
 */
export function checkTogether({
  containerDefinitions: containers,
  volumes = [],
  ...task
}: TaskDefinitionContent): void {
  if (containers.length > mostContainers) {
    throw new EcsClientError(`A task definition can have up to ${mostContainers} containers.`)
  }
  if (new Set(containers.map(({ name }) => name)).size < containers.length) {
    throw new EcsClientError('Container definition names must be unique.')
  }
  if (!containers.some(({ essential }) => essential)) {
    throw new EcsClientError('A task definition must have at least one essential container.')
  }
  checkVolumes(containers, volumes)
  for (const container of containers) checkReferences(container, containers)
  checkOrder(containers)
  checkSums(containers, task)
}

function checkVolumes(containers: readonly ContainerDefinition[], volumes: readonly Volume[]): void {
  const names = volumes.map(({ name = '' }) => name)
  const invalid = names.find((name) => !/^[\w-]{1,255}$/.test(name))
  if (invalid !== undefined) throw new EcsClientError(`Invalid volume name '${invalid}'.`)
  if (new Set(names).size < names.length) throw new EcsClientError('Volume names must be unique.')
  for (const { name, dockerVolumeConfiguration: { labels } = {} } of volumes) {
    const label = reservedLabel(labels)
    if (label !== undefined) {
      throw new EcsClientError(`Invalid 'labels' setting for volume '${name}'. '${label}' is reserved.`)
    }
  }
  for (const { sourceVolume = '', containerPath = '' } of containers.flatMap(
    (one) => one.mountPoints ?? [],
  )) {
    if (!names.includes(sourceVolume)) throw new EcsClientError(`Unknown volume '${sourceVolume}'.`)
    if (containerPath === '') throw new EcsClientError(`Volume '${sourceVolume}' needs a 'containerPath'.`)
    if (!isAbsolutePath(containerPath)) throw new EcsClientError(`Invalid container path '${containerPath}'.`)
  }
}

function checkReferences(container: ContainerDefinition, all: readonly ContainerDefinition[]): void {
  const { dependsOn = [], volumesFrom = [], links = [] } = container
  const named = [
    ...dependsOn.map(({ containerName }) => containerName),
    ...volumesFrom.map(({ sourceContainer = '' }) => sourceContainer),
    ...links.map((link) => link.split(':')[0] ?? ''),
  ]
  const others = all.filter((other) => other !== container)
  const unknown = named.find((name) => !others.some((other) => other.name === name))
  if (unknown !== undefined) {
    throw new EcsClientError(`Container '${container.name}' refers to the unknown container '${unknown}'.`)
  }
  for (const { containerName, condition } of dependsOn) {
    const dependency = all.find(({ name }) => name === containerName)
    const ends = condition === 'COMPLETE' || condition === 'SUCCESS'
    if (ends && dependency?.essential) {
      throw new EcsClientError(
        'A dependency container with SUCCESS or COMPLETE condition cannot be an essential container',
      )
    }
    if (condition === 'HEALTHY' && dependency?.healthCheck === undefined) {
      throw new EcsClientError(
        `Container '${container.name}' waits for '${containerName}' to be healthy, which has no 'healthCheck'.`,
      )
    }
  }
}

/** Takes away containers that wait for nobody left, until none is left, or those that wait for each other. */
function checkOrder(containers: readonly ContainerDefinition[]): void {
  let left = containers
  for (;;) {
    const names = new Set(left.map(({ name }) => name))
    const waiting = left.filter((one) =>
      startsAfter(one).some((dependency) => names.has(dependency.containerName)),
    )
    if (waiting.length === 0) return
    if (waiting.length === left.length) {
      throw new EcsClientError(`Container '${waiting[0]?.name}' waits for itself by its 'dependsOn'.`)
    }
    left = waiting
  }
}

function checkSums(
  containers: readonly ContainerDefinition[],
  task: { readonly cpu?: string; readonly memory?: string },
): void {
  const cpu = containers.reduce((sum, one) => sum + (one.cpu ?? 0), 0)
  if (task.cpu !== undefined && cpu > Number(task.cpu)) {
    throw new EcsClientError(
      "The sum of all container 'cpu' values cannot be greater than the value of the task 'cpu'.",
    )
  }
  const memory = containers.reduce((sum, one) => sum + (one.memoryReservation ?? one.memory ?? 0), 0)
  if (task.memory !== undefined && memory > Number(task.memory)) {
    throw new EcsClientError(
      "The sum of all container 'memory' values cannot be greater than the value of the task 'memory'.",
    )
  }
}
