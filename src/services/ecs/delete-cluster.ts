import type { DeleteClusterRequest, DeleteClusterResponse } from '@aws-sdk/client-ecs'
import { clusterArn, parseCluster } from '../../core/ecs/cluster.ts'
import {
  ClusterContainsServicesError,
  ClusterContainsTasksError,
  ClusterNotFoundError,
} from '../../core/ecs/errors.ts'
import { changedClusterShape } from './cluster-shape.ts'
import type { EcsAction } from './ecs-action.ts'
import { onCluster } from './permissions.ts'

/** The cluster stays, inactive, for those who wait for its end. @see Amazon ECS API reference, DeleteCluster */
export const deleteCluster: EcsAction<DeleteClusterRequest, DeleteClusterResponse> = {
  operation: 'DeleteCluster',
  permissions: (input, call) => [onCluster('ecs:DeleteCluster', parseCluster(input.cluster, call.registry))],
  async run(input, call, { registry: { metadata } }) {
    return metadata.write(async (tx) => {
      const known = await tx.clusters.find(parseCluster(input.cluster, call.registry))
      if (known === undefined) throw new ClusterNotFoundError()
      const services = await tx.services.counts(known)
      if (services.active + services.draining > 0) throw new ClusterContainsServicesError()
      const { running, pending } = await tx.tasks.counts(known)
      if (running + pending > 0) throw new ClusterContainsTasksError()
      const deleted = { ...known, status: 'INACTIVE' } as const
      await tx.clusters.put(deleted)
      await tx.arnTags.clear(clusterArn(deleted))
      return { cluster: await changedClusterShape(tx, deleted, 0) }
    })
  },
}
