import type { ClusterKey } from '../../core/ecs/cluster.ts'
import type { ContainerInstance } from '../../core/ecs/container-instance.ts'
import type { PlaceToBe } from '../../core/ecs/placement/find-place.ts'
import type { MetadataReader } from '../../stores/metadata/metadata-store.ts'
import type { EcsContext } from './ecs-action.ts'

/** A cluster's instance with all that is there, as tasks are to be placed. */
export async function placeIn(
  { containerInstances, tasks }: Pick<MetadataReader, 'containerInstances' | 'tasks'>,
  { taskRules: rules }: Pick<EcsContext['registry'], 'taskRules'>,
  cluster: ClusterKey,
  instance: ContainerInstance,
): Promise<PlaceToBe> {
  const state = await containerInstances.state(cluster, instance.id)
  return { cluster, instance, state, others: await tasks.remaining(), rules }
}
