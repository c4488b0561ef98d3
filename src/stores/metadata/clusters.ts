import type { Cluster, ClusterKey } from '../../core/ecs/cluster.ts'
import type { RegistryKey } from '../../core/names/registry-key.ts'

export interface ClusterReader {
  /** An inactive one as well. */
  find(key: ClusterKey): Promise<Cluster | undefined>
  /** Active clusters by name, in byte order. */
  list(
    registry: RegistryKey,
    page: { readonly after?: string | undefined; readonly limit: number },
  ): Promise<Cluster[]>
}

export interface ClusterWriter {
  /** Adds a cluster or takes its place. */
  put(cluster: Cluster): Promise<void>
  /** Those of every account, and their tags with those of what is in them. */
  deleteAll(): Promise<void>
}
