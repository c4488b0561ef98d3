import type { ClusterKey } from './cluster.ts'

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

/** `arn:aws:ecs:<region>:<account>:container-instance/<cluster>/<id>` */
export function containerInstanceArn({ account, region, name }: ClusterKey, id: string): string {
  return `arn:aws:ecs:${region}:${account}:container-instance/${name}/${id}`
}
