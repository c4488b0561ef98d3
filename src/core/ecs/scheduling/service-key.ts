import type { ClusterKey } from '../cluster.ts'

export interface ServiceKey {
  readonly cluster: ClusterKey
  readonly name: string
}

/** The job that keeps one service as it should be. */
export function serviceJob({ cluster, name }: ServiceKey) {
  const { account, region } = cluster
  return { kind: 'run-service', key: `arn:aws:ecs:${region}:${account}:service/${cluster.name}/${name}` }
}
