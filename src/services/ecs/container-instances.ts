import type { ContainerInstance as InstanceShape } from '@aws-sdk/client-ecs'
import type { Permission } from '../../access/permission.ts'
import type { ClusterKey } from '../../core/ecs/cluster.ts'
import { parseMemberId } from '../../core/ecs/cluster-member.ts'
import {
  type ContainerInstance,
  containerInstanceArn,
  parseInstanceArn,
} from '../../core/ecs/container-instance.ts'
import { instanceAttributes } from '../../core/ecs/placement/instance-attributes.ts'
import { type Needs, needsOfTask } from '../../core/ecs/scheduling/place-tasks.ts'
import type { TaskRules } from '../../core/ecs/task-rules.ts'
import type { MetadataReader } from '../../stores/metadata/metadata-store.ts'
import type { Checked } from '../checked.ts'
import { inCluster } from './permissions.ts'
import { tagShapes } from './tags.ts'

/** The id of the container instance that an ARN or an id names. @throws EcsInvalidParameterError for any other text */
export function instanceId(text: string, cluster: ClusterKey): string {
  return parseMemberId(text, cluster, { idName: 'instanceId', parseArn: parseInstanceArn })
}

/** What it takes to do something to each of the named instances of a cluster. @throws EcsInvalidParameterError */
export function onInstances(
  action: `ecs:${string}`,
  cluster: ClusterKey,
  names: readonly string[],
): Permission[] {
  return names.map((name) =>
    inCluster(action, containerInstanceArn(cluster, instanceId(name, cluster)), cluster),
  )
}

/** The engine as an instance of a cluster. All clusters have it, so what tasks of any of them take is missing here. */
export async function instanceShape(
  metadata: Pick<MetadataReader, 'arnTags' | 'containerInstances' | 'tasks'>,
  cluster: ClusterKey,
  instance: ContainerInstance,
  { rules, withTags }: { readonly rules: TaskRules; readonly withTags: boolean },
): Promise<Checked<InstanceShape>> {
  const taken = (await metadata.tasks.remaining()).map(needsOfTask)
  const { running, pending } = await metadata.tasks.counts(cluster)
  const state = await metadata.containerInstances.state(cluster, instance.id)
  const containerInstance = containerInstanceArn(cluster, instance.id)
  const attributes = instanceAttributes(instance, { rules, region: cluster.region, state })
  return {
    containerInstanceArn: containerInstance,
    version: state.version,
    versionInfo: { dockerVersion: `DockerVersion: ${instance.engineVersion}` },
    remainingResources: resources({
      cpu: instance.cpu - sum(taken, 'cpu'),
      memory: instance.memory - sum(taken, 'memory'),
      ports: taken.flatMap(({ ports }) => ports),
    }),
    registeredResources: resources({ cpu: instance.cpu, memory: instance.memory, ports: [] }),
    status: state.status,
    agentConnected: true,
    runningTasksCount: running,
    pendingTasksCount: pending,
    attributes: Array.from(attributes, ([name, value]) => ({ name, ...(value !== undefined && { value }) })),
    attachments: [],
    tags: withTags ? tagShapes(await metadata.arnTags.of(containerInstance)) : [],
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
