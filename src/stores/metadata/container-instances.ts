import type { ClusterKey } from '../../core/ecs/cluster.ts'
import type { InstanceState } from '../../core/ecs/container-instance.ts'

export interface ContainerInstanceReader {
  /** What was said of an instance of a cluster; the usual of one of which nothing was. */
  state(cluster: ClusterKey, id: string): Promise<InstanceState>
}

export interface ContainerInstanceWriter {
  put(cluster: ClusterKey, id: string, state: InstanceState): Promise<void>
  /** Forgets what was said of all. */
  deleteAll(): Promise<void>
}
