import type { ClusterSetting, Cluster as ClusterShape } from '@aws-sdk/client-ecs'
import { type ClusterKey, readClusterSettings } from '../../core/ecs/cluster.ts'
import { ClusterNotFoundError } from '../../core/ecs/errors.ts'
import type { MetadataStore } from '../../stores/metadata/metadata-store.ts'
import type { Checked } from '../checked.ts'
import { changedClusterShape } from './cluster-shape.ts'

/**
 * Gives an active cluster other settings, if any are given.
 *
 * @throws ClusterNotFoundError, EcsInvalidParameterError
 */
export async function changeCluster(
  metadata: MetadataStore,
  key: ClusterKey,
  settings: Checked<readonly ClusterSetting[]> | undefined,
): Promise<Checked<ClusterShape>> {
  return metadata.write(async (tx) => {
    const known = await tx.clusters.find(key)
    if (known?.status !== 'ACTIVE') throw new ClusterNotFoundError()
    const changed = { ...known, ...(settings !== undefined && { settings: readClusterSettings(settings) }) }
    await tx.clusters.put(changed)
    return changedClusterShape(tx, changed)
  })
}
