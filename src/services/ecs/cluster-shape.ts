import type { ClusterField, Cluster as ClusterShape } from '@aws-sdk/client-ecs'
import { type Cluster, clusterArn } from '../../core/ecs/cluster.ts'
import type { MetadataReader } from '../../stores/metadata/metadata-store.ts'
import type { Checked } from '../checked.ts'
import { tagShapes } from './tags.ts'

/** What a cluster has besides itself; it is read only when a request includes it. */
interface ClusterParts {
  readonly include: readonly ClusterField[]
  readonly tags: ReadonlyMap<string, string>
}

/** @see Amazon ECS API reference, Cluster */
export function clusterShape(cluster: Cluster, { include, tags }: ClusterParts): Checked<ClusterShape> {
  return {
    clusterArn: clusterArn(cluster),
    clusterName: cluster.name,
    status: cluster.status,
    registeredContainerInstancesCount: 0,
    runningTasksCount: 0,
    pendingTasksCount: 0,
    activeServicesCount: 0,
    statistics: include.includes('STATISTICS') ? noStatistics : [],
    tags: tagShapes(tags),
    settings: include.includes('SETTINGS') ? cluster.settings : [],
    capacityProviders: [],
    defaultCapacityProviderStrategy: [],
  }
}

/** A cluster as requests see it that make, change or delete it: with settings and tags. */
export async function changedClusterShape(
  metadata: Pick<MetadataReader, 'arnTags'>,
  cluster: Cluster,
): Promise<Checked<ClusterShape>> {
  return clusterShape(cluster, {
    include: ['SETTINGS'],
    tags: await metadata.arnTags.of(clusterArn(cluster)),
  })
}

const noStatistics = [
  'runningEC2TasksCount',
  'pendingEC2TasksCount',
  'runningFargateTasksCount',
  'pendingFargateTasksCount',
  'activeEC2ServiceCount',
  'activeFargateServiceCount',
  'drainingEC2ServiceCount',
  'drainingFargateServiceCount',
].map((name) => ({ name, value: '0' }))
