import type { ContainerDefinition, PortMapping } from '../core/ecs/container-definition.ts'
import { type Task, type TaskContainer, taskArn } from '../core/ecs/task.ts'
import type { ImageToPull } from './engine.ts'

/** The labels by which Berth knows its own; the first two are those of ECS's agent. */
export const labels = {
  task: 'com.amazonaws.ecs.task-arn',
  container: 'com.amazonaws.ecs.container-name',
  digest: 'berth.image-digest',
} as const

const mebibyte = 1024 * 1024

/** The name a container has on the engine: the same each time, so that none is made twice. */
export function engineName(task: Task, { definition }: TaskContainer): string {
  return `ecs-${task.family}-${task.revision}-${definition.name}-${task.id}`
}

/**
 * What the engine is asked to make of a container of a task.
 *
 * @see Docker Engine API, ContainerCreate
 */
export function containerOptions(task: Task, { definition }: TaskContainer, image: ImageToPull): object {
  const override = task.overrides.find(({ name }) => name === definition.name)
  const { hostname, user, workingDirectory } = definition
  return {
    Image: image.name,
    Cmd: override?.command ?? definition.command,
    Entrypoint: definition.entryPoint,
    Env: environmentOf(definition, override),
    Hostname: hostname,
    User: user,
    WorkingDir: workingDirectory,
    Labels: {
      ...definition.dockerLabels,
      [labels.task]: taskArn(task),
      [labels.container]: definition.name,
      'com.amazonaws.ecs.cluster': task.cluster.name,
      'com.amazonaws.ecs.task-definition-family': task.family,
      'com.amazonaws.ecs.task-definition-version': String(task.revision),
      ...(image.digest !== undefined && { [labels.digest]: image.digest }),
    },
    ExposedPorts: Object.fromEntries((definition.portMappings ?? []).map((port) => [portName(port), {}])),
    HostConfig: hostOptions(task, definition),
  }
}

function hostOptions(task: Task, definition: ContainerDefinition): object {
  const { cpu = 0, memory, memoryReservation, portMappings = [] } = definition
  const most = memory ?? (task.memory === undefined ? undefined : Number(task.memory))
  return {
    NetworkMode: task.networkMode,
    PortBindings: portBindings(portMappings),
    // Two shares are the least that Linux knows.
    CpuShares: Math.min(Math.max(cpu, 2), 262_144),
    ...(task.cpu !== undefined && { NanoCpus: (Number(task.cpu) * 1_000_000_000) / 1024 }),
    ...(most !== undefined && { Memory: most * mebibyte }),
    ...(memoryReservation !== undefined && { MemoryReservation: memoryReservation * mebibyte }),
    ReadonlyRootfs: definition.readonlyRootFilesystem ?? false,
  }
}

function portBindings(mappings: readonly PortMapping[]): Record<string, { HostPort: string }[]> {
  const bindings: Record<string, { HostPort: string }[]> = {}
  for (const mapping of mappings) {
    const host = { HostPort: mapping.hostPort ? String(mapping.hostPort) : '' }
    bindings[portName(mapping)] = [...(bindings[portName(mapping)] ?? []), host]
  }
  return bindings
}

function portName({ containerPort, protocol = 'tcp' }: PortMapping): string {
  return `${containerPort}/${protocol}`
}

function environmentOf(
  { environment = [] }: Pick<ContainerDefinition, 'environment'>,
  override: Pick<ContainerDefinition, 'environment'> | undefined,
): string[] {
  const all = [...environment, ...(override?.environment ?? [])]
  return Array.from(
    new Map(all.map(({ name = '', value = '' }) => [name, value])),
    ([name, value]) => `${name}=${value}`,
  )
}
