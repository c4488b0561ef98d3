import type {
  ClusterField,
  Cluster as ClusterShape,
  DescribeClustersRequest,
  DescribeClustersResponse,
  Failure,
} from '@aws-sdk/client-ecs'
import { type ClusterKey, clusterArn, defaultCluster, parseCluster } from '../../core/ecs/cluster.ts'
import { EcsInvalidParameterError } from '../../core/ecs/errors.ts'
import type { MetadataReader } from '../../stores/metadata/metadata-store.ts'
import type { Checked } from '../checked.ts'
import type { Call } from '../service.ts'
import { clusterShape, countInstances } from './cluster-shape.ts'
import type { EcsInstanceAction } from './ecs-action.ts'
import { onCluster } from './permissions.ts'

const mostClusters = 100

/** Tells of each cluster that is there, and names those that aren't. @see Amazon ECS API reference, DescribeClusters */
export const describeClusters: EcsInstanceAction<DescribeClustersRequest, DescribeClustersResponse> = {
  operation: 'DescribeClusters',
  permissions: (input, call) =>
    requested(input.clusters, call).map((cluster) => onCluster('ecs:DescribeClusters', cluster)),
  async run({ clusters: names, include = [] }, call, context) {
    const { metadata } = context.registry
    const instances = await countInstances(context)
    const clusters: Checked<ClusterShape>[] = []
    const failures: Checked<Failure>[] = []
    for (const key of requested(names, call)) {
      const shape = await describe(metadata, key, { include, instances })
      if (shape === undefined) failures.push({ arn: clusterArn(key), reason: 'MISSING' })
      else clusters.push(shape)
    }
    return { clusters, failures }
  },
}

interface Asked {
  readonly include: readonly ClusterField[]
  readonly instances: number
}

async function describe(metadata: MetadataReader, key: ClusterKey, asked: Asked) {
  const { include, instances } = asked
  const cluster = await metadata.clusters.find(key)
  const tags = include.includes('TAGS')
    ? await metadata.arnTags.of(clusterArn(key))
    : new Map<string, string>()
  const tasks = await metadata.tasks.counts(key)
  const services = await metadata.services.counts(key)
  const isActive = cluster?.status === 'ACTIVE'
  return (
    cluster && clusterShape(cluster, { include, tags, tasks, services, instances: isActive ? instances : 0 })
  )
}

function requested(names: readonly string[] = [], { registry }: Call): readonly ClusterKey[] {
  if (names.length > mostClusters) {
    throw new EcsInvalidParameterError(`Clusters cannot have more than ${mostClusters} elements.`)
  }
  return (names.length === 0 ? [defaultCluster] : names).map((name) => parseCluster(name, registry))
}
