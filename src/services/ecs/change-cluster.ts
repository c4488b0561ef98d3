import type { ClusterSetting, Cluster as ClusterShape } from '@aws-sdk/client-ecs'
import { type ClusterKey, readClusterSettings } from '../../core/ecs/cluster.ts'
import { ClusterNotFoundError } from '../../core/ecs/errors.ts'
import type { Checked } from '../checked.ts'
import { changedClusterShape, countInstances } from './cluster-shape.ts'
import type { EcsInstanceContext } from './ecs-action.ts'

/**
 * Gives an active cluster other settings, if any are given.
 *
 * @throws ClusterNotFoundError, EcsInvalidParameterError
 */
export async function changeCluster(
  context: EcsInstanceContext,
  key: ClusterKey,
  settings: Checked<readonly ClusterSetting[]> | undefined,
): Promise<Checked<ClusterShape>> {
  const instances = await countInstances(context)
  return context.registry.metadata.write(async (tx) => {
    const known = await tx.clusters.find(key)
    if (known?.status !== 'ACTIVE') throw new ClusterNotFoundError()
    const changed = { ...known, ...(settings !== undefined && { settings: readClusterSettings(settings) }) }
    await tx.clusters.put(changed)
    return changedClusterShape(tx, changed, instances)
  })
}
