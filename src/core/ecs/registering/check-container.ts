import { isLogGroupName } from '../../log-events/log-group.ts'
import { isRegion } from '../../names/region.ts'
import type {
  ContainerDefinition,
  HealthCheck,
  LogConfiguration,
  PortMapping,
} from '../container-definition.ts'
import { EcsClientError } from '../errors.ts'
import type { NetworkMode, TaskDefinitionContent } from '../task-definition.ts'
import { checkEnvironmentFiles } from './check-environment-files.ts'
import { checkHosts } from './check-hosts.ts'
import { checkLinux } from './check-linux.ts'
import { checkRestarts } from './check-restarts.ts'
import { checkTimeouts } from './check-timeouts.ts'

/**
 * Checks one container of a task definition that has its defaults, by itself.
 *
 * @throws EcsClientError
 * @see Amazon ECS developer guide, "Task definition parameters", Container definitions
 */
export function checkContainer(container: ContainerDefinition, task: TaskDefinitionContent): void {
  checkNameAndImage(container)
  checkSizes(container, task)
  for (const mapping of container.portMappings ?? []) checkPort(mapping, container, task.networkMode)
  if (container.healthCheck !== undefined) checkHealthCheck(container.healthCheck, container)
  if (container.logConfiguration !== undefined) checkLog(container.logConfiguration)
  checkHosts(container, task.networkMode)
  checkLinux(container)
  checkRestarts(container)
  checkTimeouts(container)
  checkEnvironmentFiles(container)
  checkNames(container, task)
}

function checkNameAndImage({ name = '', image = '' }: ContainerDefinition): void {
  if (name === '') throw new EcsClientError('Container.name should not be null or empty.')
  if (!/^[\w-]{1,255}$/.test(name)) throw new EcsClientError('Container.name contains invalid characters.')
  if (image === '') throw new EcsClientError('Container.image should not be null or empty.')
  if (!/^[\w\-.:/@#]{1,255}$/.test(image)) {
    throw new EcsClientError('Container.image contains invalid characters.')
  }
}

/** The least memory a container can have: what Docker itself asks for. */
const leastMemory = 6

function checkSizes({ name, ...container }: ContainerDefinition, task: TaskDefinitionContent): void {
  const { cpu = 0, memory, memoryReservation } = container
  if (cpu < 0) throw new EcsClientError(`Invalid 'cpu' setting for container '${name}'.`)
  if (memory === undefined && memoryReservation === undefined && task.memory === undefined) {
    throw new EcsClientError(
      `Invalid setting for container '${name}'. At least one of 'memory' or 'memoryReservation' must be specified.`,
    )
  }
  if ((memory ?? leastMemory) < leastMemory) {
    throw new EcsClientError(
      `Invalid 'memory' setting for container '${name}'. It must be at least ${leastMemory}.`,
    )
  }
  if ((memoryReservation ?? leastMemory) < leastMemory) {
    throw new EcsClientError(
      `Invalid 'memoryReservation' setting for container '${name}'. It must be at least ${leastMemory}.`,
    )
  }
  if (memory !== undefined && memoryReservation !== undefined && memory < memoryReservation) {
    throw new EcsClientError(
      `Invalid setting for container '${name}'. 'memory' must not be less than 'memoryReservation'.`,
    )
  }
}

function checkPort(mapping: PortMapping, { name }: ContainerDefinition, mode: NetworkMode | undefined): void {
  const { containerPort, hostPort = 0, containerPortRange } = mapping
  if (mode === 'none') {
    throw new EcsClientError(`Port mappings are not supported when networkMode=none (container '${name}').`)
  }
  if (containerPortRange !== undefined) checkPortRange(containerPortRange, name)
  if (containerPortRange !== undefined && containerPort === undefined) return
  if (containerPort === undefined || containerPort < 1 || containerPort > 65_535) {
    throw new EcsClientError(`Invalid 'containerPort' setting for container '${name}'.`)
  }
  if (hostPort < 0 || hostPort > 65_535) {
    throw new EcsClientError(`Invalid 'hostPort' setting for container '${name}'.`)
  }
  if (mode !== 'bridge' && hostPort !== containerPort) {
    throw new EcsClientError(
      `When networkMode=${mode}, the host ports and container ports in port mappings must match.`,
    )
  }
}

function checkPortRange(range: string, name: string | undefined): void {
  const [, first = '0', last = '0'] = /^(\d{1,5})-(\d{1,5})$/.exec(range) ?? []
  if (Number(first) >= 1 && Number(first) <= Number(last) && Number(last) <= 65_535) return
  throw new EcsClientError(`Invalid 'containerPortRange' setting for container '${name}'.`)
}

const healthBounds = [
  ['interval', 5, 300],
  ['timeout', 2, 120],
  ['retries', 1, 10],
  ['startPeriod', 0, 300],
] as const

function checkHealthCheck(check: HealthCheck, { name }: ContainerDefinition): void {
  const [form = '', ...rest] = check.command
  const isCommand = ['CMD', 'CMD-SHELL'].includes(form) && rest.length > 0
  if (!isCommand && form !== 'NONE') {
    throw new EcsClientError(`Invalid 'healthCheck.command' setting for container '${name}'.`)
  }
  for (const [member, least, most] of healthBounds) {
    const value = check[member] ?? least
    if (value < least || value > most) {
      throw new EcsClientError(
        `Invalid 'healthCheck.${member}' setting for container '${name}'. It must be between ${least} and ${most}.`,
      )
    }
  }
}

function checkLog({ logDriver, options = {} }: LogConfiguration): void {
  if (logDriver !== 'awslogs') return
  const { 'awslogs-region': region, 'awslogs-group': group, 'awslogs-stream-prefix': prefix = '' } = options
  if (!region || !group) {
    throw new EcsClientError('Log driver awslogs requires options: awslogs-region, awslogs-group')
  }
  if (isRegion(region) && isLogGroupName(group) && /^[^:*]{0,200}$/.test(prefix)) return
  throw new EcsClientError(`Log driver awslogs: '${region}', '${group}' or '${prefix}' is not a valid value.`)
}

function checkNames(
  { name, environment = [], secrets = [] }: ContainerDefinition,
  { executionRoleArn }: TaskDefinitionContent,
): void {
  if (secrets.length > 0 && executionRoleArn === undefined) {
    throw new EcsClientError(
      "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.",
    )
  }
  if ([...environment, ...secrets].some((variable) => /[=\0]/.test(variable.name ?? ''))) {
    throw new EcsClientError(`The name of an environment variable can't have a '=' (container '${name}').`)
  }
  if (environment.some((variable) => !variable.name)) {
    throw new EcsClientError(`The environment variable name can't be empty (container '${name}').`)
  }
  const both = secrets.find((secret) => environment.some((variable) => variable.name === secret.name))
  if (both === undefined) return
  throw new EcsClientError(
    `The secret name must be unique and not shared with any new or existing environment variables set on the container, such as '${both.name}'.`,
  )
}
