import type { ServiceDeployment } from '../../core/ecs/scheduling/service-deployment.ts'
import type { ServiceKey } from '../../core/ecs/scheduling/service-key.ts'

export interface ServiceDeploymentPage {
  readonly statuses: readonly ServiceDeployment['status'][]
  /** Those made then or later, and not later than; milliseconds since 1970. */
  readonly from?: number | undefined
  readonly until?: number | undefined
  /** The last one of the page before. */
  readonly after?: { readonly createdAt: number; readonly id: string } | undefined
  readonly limit: number
}

/** What became of a service's deployments; kept when the service itself is forgotten, until one of its name begins anew. */
export interface ServiceDeploymentReader {
  find(service: ServiceKey, id: string): Promise<ServiceDeployment | undefined>
  /** Newest first. */
  list(service: ServiceKey, page: ServiceDeploymentPage): Promise<ServiceDeployment[]>
}

export interface ServiceDeploymentWriter {
  /** Adds one or takes its place. */
  put(service: ServiceKey, deployment: ServiceDeployment): Promise<void>
  /** Forgets all of a service but so many of the newest. */
  keepNewest(service: ServiceKey, count: number): Promise<void>
  /** Those of every account. */
  deleteAll(): Promise<void>
}
