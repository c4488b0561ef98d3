import type { ClusterKey } from './cluster.ts'

/** Tags that ECS itself puts on a task. @see Amazon ECS developer guide, "Tagging your resources for billing", managed tags */
export function managedTags({
  cluster,
  service,
}: {
  readonly cluster: ClusterKey
  readonly service?: string
}): ReadonlyMap<string, string> {
  return new Map([
    ['aws:ecs:clusterName', cluster.name],
    ...(service === undefined ? [] : [['aws:ecs:serviceName', service] as const]),
  ])
}
