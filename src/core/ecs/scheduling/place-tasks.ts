import type { ContainerDefinition } from '../container-definition.ts'
import type { ContainerInstance } from '../container-instance.ts'
import { withOverrides } from '../running/with-overrides.ts'
import type { Task } from '../task.ts'
import type { TaskDefinitionContent } from '../task-definition.ts'
import type { Obstacle } from './turn.ts'

/** What a task takes from its instance while it is there. */
export interface Needs {
  /** 1024 are one virtual CPU. */
  readonly cpu: number
  /** MiB. */
  readonly memory: number
  /** Ports of the host that it insists on, such as `80/tcp`. */
  readonly ports: readonly string[]
}

export const noInstances: Obstacle = { text: 'Reason: No Container Instances were found in your cluster.' }

/**
 * How many of so many equal tasks an instance has room for beside those that are there, and what keeps out the others.
 *
 * @see Amazon ECS developer guide, "Amazon ECS service event messages", "service ... was unable to place a task"
 */
export function placeTasks(
  instance: ContainerInstance,
  taken: readonly Needs[],
  { needs, count }: { readonly needs: Needs; readonly count: number },
): { readonly fits: number; readonly obstacle?: Obstacle } {
  const usedPorts = new Set(taken.flatMap(({ ports }) => ports))
  const isInTheWay = needs.ports.some((port) => usedPorts.has(port))
  const limits = [
    [
      isInTheWay ? 0 : needs.ports.length > 0 ? 1 : count,
      'is already using a port required by your task.',
      'PORTS',
    ],
    [howMany(instance.cpu, taken, needs, 'cpu'), 'has insufficient CPU units available.', 'CPU'],
    [howMany(instance.memory, taken, needs, 'memory'), 'has insufficient memory available.', 'MEMORY'],
  ] as const
  const [fits, text, resource] = limits.reduce((least, one) => (one[0] < least[0] ? one : least))
  if (fits >= count) return { fits: count }
  const closest = `The closest matching (container-instance ${instance.id}) ${text}`
  return { fits, obstacle: { text: closest, reason: `RESOURCE:${resource}` } }
}

function howMany(all: number, taken: readonly Needs[], needs: Needs, resource: 'cpu' | 'memory'): number {
  if (needs[resource] === 0) return Number.POSITIVE_INFINITY
  const used = taken.reduce((sum, one) => sum + one[resource], 0)
  return Math.max(0, Math.floor((all - used) / needs[resource]))
}

/** What a task of a definition takes. */
export function needsOf({ cpu, memory, containerDefinitions, networkMode }: TaskDefinitionContent): Needs {
  // In the other modes a port is one of the task's own network.
  const isOnHost = networkMode === undefined || networkMode === 'bridge' || networkMode === 'host'
  return {
    cpu: cpu === undefined ? sum(containerDefinitions, (one) => one.cpu) : Number(cpu),
    memory:
      memory === undefined
        ? sum(containerDefinitions, (one) => one.memoryReservation ?? one.memory)
        : Number(memory),
    ports: containerDefinitions.flatMap(({ portMappings = [] }) =>
      portMappings.flatMap(({ hostPort = 0, protocol = 'tcp' }) =>
        hostPort === 0 || !isOnHost ? [] : [`${hostPort}/${protocol}`],
      ),
    ),
  }
}

/** What a task that is there takes. */
export function needsOfTask(task: Task): Needs {
  const { cpu, memory, containers, networkMode } = task
  const containerDefinitions = containers.map((container) => withOverrides(container, task).definition)
  return needsOf({
    containerDefinitions,
    networkMode,
    ...(cpu !== undefined && { cpu }),
    ...(memory !== undefined && { memory }),
  })
}

function sum(
  containers: readonly ContainerDefinition[],
  amount: (container: ContainerDefinition) => number | undefined,
): number {
  return containers.reduce((total, container) => total + (amount(container) ?? 0), 0)
}
