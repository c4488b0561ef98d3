import type { ClusterField, Cluster as ClusterShape } from '@aws-sdk/client-ecs'
import { type Cluster, clusterArn } from '../../core/ecs/cluster.ts'
import type { MetadataReader } from '../../stores/metadata/metadata-store.ts'
import type { ServiceCounts } from '../../stores/metadata/services.ts'
import type { TaskCounts } from '../../stores/metadata/tasks.ts'
import type { Checked } from '../checked.ts'
import type { EcsInstanceContext } from './ecs-action.ts'
import { tagShapes } from './tags.ts'

/** What a cluster has besides itself; it is read only when a request includes it. */
interface ClusterParts {
  readonly include: readonly ClusterField[]
  readonly tags: ReadonlyMap<string, string>
  readonly tasks: TaskCounts
  readonly services: ServiceCounts
  /** How many there are: all clusters have the one engine, if any answers. */
  readonly instances: number
}

/** @see Amazon ECS API reference, Cluster */
export function clusterShape(
  cluster: Cluster,
  { include, tags, tasks, services, instances }: ClusterParts,
): Checked<ClusterShape> {
  return {
    clusterArn: clusterArn(cluster),
    clusterName: cluster.name,
    status: cluster.status,
    registeredContainerInstancesCount: instances,
    runningTasksCount: tasks.running,
    pendingTasksCount: tasks.pending,
    activeServicesCount: services.active,
    statistics: include.includes('STATISTICS') ? statistics(tasks, services) : [],
    tags: tagShapes(tags),
    settings: include.includes('SETTINGS') ? cluster.settings : [],
    ...(include.includes('CONFIGURATIONS') && configurationShape(cluster)),
    capacityProviders: [],
    defaultCapacityProviderStrategy: [],
  }
}

/** A cluster as requests see it that make, change or delete it: with settings and tags. */
export async function changedClusterShape(
  metadata: Pick<MetadataReader, 'arnTags' | 'tasks' | 'services'>,
  cluster: Cluster,
  instances: number,
): Promise<Checked<ClusterShape>> {
  const tags = await metadata.arnTags.of(clusterArn(cluster))
  const tasks = await metadata.tasks.counts(cluster)
  const services = await metadata.services.counts(cluster)
  return clusterShape(cluster, { include: ['SETTINGS', 'CONFIGURATIONS'], tags, tasks, services, instances })
}

function configurationShape({ execLogging }: Cluster): Pick<Checked<ClusterShape>, 'configuration'> {
  if (execLogging === undefined) return {}
  if (execLogging.logging !== 'OVERRIDE') {
    return { configuration: { executeCommandConfiguration: execLogging } }
  }
  const { logging, group: cloudWatchLogGroupName } = execLogging
  const logConfiguration = {
    cloudWatchLogGroupName,
    cloudWatchEncryptionEnabled: false,
    s3EncryptionEnabled: false,
  }
  return { configuration: { executeCommandConfiguration: { logging, logConfiguration } } }
}

/** How many instances a cluster has. */
export async function countInstances({
  findInstance,
}: Pick<EcsInstanceContext, 'findInstance'>): Promise<number> {
  return (await findInstance()) === undefined ? 0 : 1
}

function statistics(
  { running, pending }: TaskCounts,
  { active, draining }: ServiceCounts,
): { name: string; value: string }[] {
  const counts = {
    runningEC2TasksCount: running,
    pendingEC2TasksCount: pending,
    runningFargateTasksCount: 0,
    pendingFargateTasksCount: 0,
    activeEC2ServiceCount: active,
    activeFargateServiceCount: 0,
    drainingEC2ServiceCount: draining,
    drainingFargateServiceCount: 0,
  }
  return Object.entries(counts).map(([name, count]) => ({ name, value: String(count) }))
}
