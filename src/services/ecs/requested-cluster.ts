import { type ClusterKey, defaultCluster, parseCluster } from '../../core/ecs/cluster.ts'
import { ClusterNotFoundError, EcsClientError } from '../../core/ecs/errors.ts'
import type { MetadataReader } from '../../stores/metadata/metadata-store.ts'
import type { Call } from '../service.ts'

/** The cluster that a request names, or the default one. @throws EcsInvalidParameterError */
export function requestedCluster({ cluster }: { readonly cluster?: string }, { registry }: Call): ClusterKey {
  return parseCluster(cluster ?? defaultCluster, registry)
}

/** @throws ClusterNotFoundError, EcsClientError unless a cluster is there and active */
export async function requireActive(
  { clusters }: Pick<MetadataReader, 'clusters'>,
  key: ClusterKey,
): Promise<void> {
  const cluster = await clusters.find(key)
  if (cluster === undefined) throw new ClusterNotFoundError()
  if (cluster.status !== 'ACTIVE') throw new EcsClientError('The referenced cluster was inactive.')
}
