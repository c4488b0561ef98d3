import type { Permission } from '../../access/permission.ts'
import { type ClusterKey, clusterArn } from '../../core/ecs/cluster.ts'
import type { Call } from '../service.ts'

type EcsIamAction = `ecs:${string}`

/** Declares an action that IAM knows no resource for. @see Service authorization reference, "Amazon Elastic Container Service" */
export function onNothing(action: EcsIamAction): (input: unknown, call: Call) => readonly Permission[] {
  return (_input, { registry }) => [{ action, resource: '*', owner: registry.account }]
}

/** The right to do something to a cluster. */
export function onCluster(action: EcsIamAction, cluster: ClusterKey): Permission {
  return { action, resource: clusterArn(cluster), owner: cluster.account }
}
