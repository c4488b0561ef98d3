import type { ClusterKey } from '../../core/ecs/cluster.ts'
import type { Service } from '../../core/ecs/scheduling/service.ts'
import type { ServiceKey } from '../../core/ecs/scheduling/service-key.ts'

/** Something that a service's scheduler said. */
export interface ServiceEvent {
  /** A UUID. */
  readonly id: string
  /** Milliseconds since 1970. */
  readonly createdAt: number
  readonly message: string
}

export interface ServiceCounts {
  readonly active: number
  readonly draining: number
}

export interface ServiceReader {
  /** An inactive one as well. */
  find(key: ServiceKey): Promise<Service | undefined>
  /** Active services of a cluster by name, in byte order. */
  list(
    cluster: ClusterKey,
    page: {
      readonly schedulingStrategy?: Service['schedulingStrategy'] | undefined
      readonly after?: string | undefined
      readonly limit: number
    },
  ): Promise<Service[]>
  /** All that aren't inactive, of every account: their tasks share one engine. */
  remaining(): Promise<Service[]>
  /** The newest hundred, newest first. */
  events(key: ServiceKey): Promise<ServiceEvent[]>
  counts(cluster: ClusterKey): Promise<ServiceCounts>
}

export interface ServiceWriter {
  /** Finds a service and keeps others from changing it until the transaction ends. */
  lock(key: ServiceKey): Promise<Service | undefined>
  /** Adds a service unless one of its name is there, in whatever state; resolves to whether it did. */
  add(service: Service): Promise<boolean>
  /** Adds a service or takes its place; one that is added has no events yet. */
  put(service: Service): Promise<void>
  /** Adds events, oldest first, to those of a service that is held. */
  addEvents(key: ServiceKey, events: readonly ServiceEvent[]): Promise<void>
  delete(key: ServiceKey): Promise<void>
  /** Those of every account. */
  deleteAll(): Promise<void>
}
