import type { ContainerInstance as InstanceShape } from '@aws-sdk/client-ecs'
import type { ClusterKey } from '../../core/ecs/cluster.ts'
import { type ContainerInstance, containerInstanceArn } from '../../core/ecs/container-instance.ts'
import { EcsInvalidParameterError } from '../../core/ecs/errors.ts'
import { type Needs, needsOfTask } from '../../core/ecs/scheduling/place-tasks.ts'
import type { MetadataReader } from '../../stores/metadata/metadata-store.ts'
import type { Checked } from '../checked.ts'

/** The id of the container instance that an ARN or an id names. @throws EcsInvalidParameterError for any other text */
export function instanceId(text: string, cluster: ClusterKey): string {
  const prefix = containerInstanceArn(cluster, '')
  const id = text.startsWith(prefix) ? text.slice(prefix.length) : text
  if (/^[0-9a-f]{32}$/.test(id)) return id
  throw new EcsInvalidParameterError('Invalid identifier: Identifier is for container instance.')
}

/** The engine as an instance of a cluster. All clusters have it, so what tasks of any of them take is missing here. */
export async function instanceShape(
  { tasks }: Pick<MetadataReader, 'tasks'>,
  cluster: ClusterKey,
  instance: ContainerInstance,
): Promise<Checked<InstanceShape>> {
  const taken = (await tasks.remaining()).map(needsOfTask)
  const { running, pending } = await tasks.counts(cluster)
  return {
    containerInstanceArn: containerInstanceArn(cluster, instance.id),
    version: 1,
    versionInfo: { dockerVersion: `DockerVersion: ${instance.engineVersion}` },
    remainingResources: resources({
      cpu: instance.cpu - sum(taken, 'cpu'),
      memory: instance.memory - sum(taken, 'memory'),
      ports: taken.flatMap(({ ports }) => ports),
    }),
    registeredResources: resources({ cpu: instance.cpu, memory: instance.memory, ports: [] }),
    status: 'ACTIVE',
    agentConnected: true,
    runningTasksCount: running,
    pendingTasksCount: pending,
    attributes: [
      { name: 'ecs.cpu-architecture', value: instance.architecture },
      { name: 'ecs.os-type', value: 'linux' },
    ],
    attachments: [],
    tags: [],
  }
}

function sum(taken: readonly Needs[], resource: 'cpu' | 'memory'): number {
  return taken.reduce((total, one) => total + one[resource], 0)
}

function resources({ cpu, memory, ports }: Needs) {
  const used = (protocol: string) =>
    ports.filter((port) => port.endsWith(protocol)).map((port) => port.slice(0, -protocol.length))
  return [
    amount('CPU', cpu),
    amount('MEMORY', memory),
    portSet('PORTS', used('/tcp')),
    portSet('PORTS_UDP', used('/udp')),
  ]
}

function amount(name: string, integerValue: number) {
  return { name, type: 'INTEGER', doubleValue: 0, longValue: 0, integerValue }
}

function portSet(name: string, stringSetValue: readonly string[]) {
  return { name, type: 'STRINGSET', doubleValue: 0, longValue: 0, integerValue: 0, stringSetValue }
}
