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
  return inCluster(action, clusterArn(cluster), cluster)
}

/**
 * The right to do something in a cluster, which policies can name by the condition key `ecs:cluster`.
 *
 * @param conditions further keys and their values
 * @see the same
 */
export function inCluster(
  action: EcsIamAction,
  resource: string,
  cluster: ClusterKey,
  conditions: Readonly<Record<`ecs:${string}`, string>> = {},
): Permission {
  const context = { ...conditions, 'ecs:cluster': clusterArn(cluster) }
  return { action, resource, owner: cluster.account, context }
}

/** What policies can ask of a request for tasks that commands may be run in, or not. */
export function execConditions({
  enableExecuteCommand = false,
}: {
  readonly enableExecuteCommand?: boolean
}) {
  return { 'ecs:enable-execute-command': String(enableExecuteCommand) }
}
