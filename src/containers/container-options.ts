import type { ContainerDefinition, PortMapping } from '../core/ecs/container-definition.ts'
import type { Task, TaskContainer } from '../core/ecs/task.ts'
import type { Extras, PulledImage, Variable } from './engine.ts'
import { hostOptions } from './host-options.ts'
import { labels, type Owner, taskLabels } from './labels.ts'

const second = 1_000_000_000

/**
 * What the engine is asked to make of a container of a task.
 *
 * @see Docker Engine API, ContainerCreate
 */
export function containerOptions(
  task: Task,
  { definition }: TaskContainer,
  { owner, image, extras }: { readonly owner: Owner; readonly image: PulledImage; readonly extras: Extras },
): object {
  const sharesNetwork = task.networkMode === 'awsvpc'
  return {
    Image: image.name,
    Cmd: definition.command,
    Entrypoint: definition.entryPoint,
    Env: environmentOf(definition, extras),
    ...(!sharesNetwork && { Hostname: definition.hostname }),
    User: definition.user,
    WorkingDir: definition.workingDirectory,
    OpenStdin: definition.interactive ?? false,
    Tty: definition.pseudoTerminal ?? false,
    NetworkDisabled: definition.disableNetworking ?? false,
    Healthcheck: healthCheckOf(definition),
    Labels: {
      ...definition.dockerLabels,
      ...taskLabels(task, owner),
      [labels.container]: definition.name,
      [labels.role]: 'container',
      [labels.digest]: image.digest ?? '',
      [labels.pullStarted]: String(image.pullStartedAt),
      [labels.pullStopped]: String(image.pullStoppedAt),
    },
    ...(!sharesNetwork && { ExposedPorts: exposedPorts(definition.portMappings ?? []) }),
    HostConfig: hostOptions(task, definition, owner),
  }
}

/** A port as the engine writes it. */
export function portName({ containerPort, protocol = 'tcp' }: PortMapping): string {
  return `${containerPort}/${protocol}`
}

function exposedPorts(mappings: readonly PortMapping[]): Record<string, object> {
  return Object.fromEntries(mappings.map((port) => [portName(port), {}]))
}

/** A health check of the image is none to ECS. */
function healthCheckOf({ healthCheck }: ContainerDefinition): object {
  if (healthCheck === undefined) return { Test: ['NONE'] }
  const { command, interval = 30, timeout = 5, retries = 3, startPeriod = 0 } = healthCheck
  return {
    Test: command,
    Interval: interval * second,
    Timeout: timeout * second,
    Retries: retries,
    StartPeriod: startPeriod * second,
  }
}

function environmentOf({ environment = [] }: ContainerDefinition, { defaults, fixed }: Extras): string[] {
  const own = environment.map(({ name = '', value = '' }): Variable => ({ name, value }))
  const all = new Map([...defaults, ...own, ...fixed].map(({ name, value }) => [name, value]))
  return Array.from(all, ([name, value]) => `${name}=${value}`)
}
