import { type ClusterKey, parseClusterArn } from './cluster.ts'

/** The Docker Engine as a machine that tasks are placed on: each cluster has this one. */
export interface ContainerInstance {
  /** 32 hexadecimal digits, the same as long as the engine is. */
  readonly id: string
  /** Units of which 1024 are one virtual CPU. */
  readonly cpu: number
  /** MiB. */
  readonly memory: number
  /** As ECS writes it: `x86_64`, `arm64`. */
  readonly architecture: string
  readonly engineVersion: string
}

/** What was said of the engine as an instance of one cluster. */
export interface InstanceState {
  /** One that drains gets no more tasks of this cluster, and its services' tasks stop as far as they may. */
  readonly status: 'ACTIVE' | 'DRAINING'
  /** Attributes that somebody has put on it; null for those without a value. */
  readonly attributes: Readonly<Record<string, string | null>>
  /** One more with each change. */
  readonly version: number
}

/** An instance that nobody has said anything of. */
export const usualState: InstanceState = { status: 'ACTIVE', attributes: {}, version: 1 }

/** The cluster and the id that an ARN names, or undefined for any other text. */
export function parseInstanceArn(
  text: string,
): { readonly cluster: ClusterKey; readonly id: string } | undefined {
  const match = /^(.*):container-instance\/(.*)\/([0-9a-f]{32})$/.exec(text)
  const [, owner = '', name = '', id = ''] = match ?? []
  const cluster = parseClusterArn(`${owner}:cluster/${name}`)
  return cluster && { cluster, id }
}

/** `arn:aws:ecs:<region>:<account>:container-instance/<cluster>/<id>` */
export function containerInstanceArn({ account, region, name }: ClusterKey, id: string): string {
  return `arn:aws:ecs:${region}:${account}:container-instance/${name}/${id}`
}
