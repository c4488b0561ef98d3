import type { ClusterConfiguration, ClusterSetting, Cluster as ClusterShape } from '@aws-sdk/client-ecs'
import { type Cluster, type ClusterKey, readClusterSettings } from '../../core/ecs/cluster.ts'
import { ClusterNotFoundError } from '../../core/ecs/errors.ts'
import { readExecLogging } from '../../core/ecs/exec/exec-logging.ts'
import type { Checked } from '../checked.ts'
import { changedClusterShape, countInstances } from './cluster-shape.ts'
import type { EcsInstanceContext } from './ecs-action.ts'
import { refuseUnoffered } from './refuse-unoffered.ts'

/** What a request says of a cluster. */
export interface ClusterChange {
  readonly settings?: Checked<readonly ClusterSetting[]>
  readonly configuration?: Checked<ClusterConfiguration>
}

/** What a request says of a cluster, as the cluster keeps it. @throws EcsInvalidParameterError */
export function readChange({ settings, configuration = {} }: ClusterChange): Partial<Cluster> {
  refuseUnoffered(configuration, ['managedStorageConfiguration'])
  const { executeCommandConfiguration: exec } = configuration
  refuseUnoffered(exec ?? {}, ['kmsKeyId'])
  return {
    ...(settings !== undefined && { settings: readClusterSettings(settings) }),
    ...(exec !== undefined && { execLogging: readExecLogging(exec) }),
  }
}

/**
 * Gives an active cluster what a request says of it; the rest stays.
 *
 * @throws ClusterNotFoundError, EcsInvalidParameterError
 */
export async function changeCluster(
  context: EcsInstanceContext,
  key: ClusterKey,
  given: ClusterChange,
): Promise<Checked<ClusterShape>> {
  const instances = await countInstances(context)
  return context.registry.metadata.write(async (tx) => {
    const known = await tx.clusters.find(key)
    if (known?.status !== 'ACTIVE') throw new ClusterNotFoundError()
    const changed = { ...known, ...readChange(given) }
    await tx.clusters.put(changed)
    return changedClusterShape(tx, changed, instances)
  })
}
