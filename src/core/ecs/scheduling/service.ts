import type { PlacementConstraint } from '../placement/constraints.ts'
import type { PlacementStrategy } from '../placement/strategy.ts'
import type { Deployment } from './deployment.ts'
import type { ServiceKey } from './service-key.ts'

/** How a service goes from one deployment to the next. @see Amazon ECS API reference, DeploymentConfiguration */
export interface DeploymentConfiguration {
  /** How many tasks may be there at once, of the number that is desired; rounded down. */
  readonly maximumPercent: number
  /** How many must run and be healthy, as far as they did before; rounded up. */
  readonly minimumHealthyPercent: number
  readonly circuitBreaker: { readonly enable: boolean; readonly rollback: boolean }
}

/** Something that went wrong, which is told of again only after hours. */
export interface Problem {
  readonly message: string
  /** Milliseconds since 1970. */
  readonly at: number
}

/** What keeps a number of tasks running, and all that is known of how far it is with that. */
export interface Service extends ServiceKey {
  /** A deleted service drains, and is inactive once its tasks have stopped; its name can be used again then. */
  readonly status: 'ACTIVE' | 'DRAINING' | 'INACTIVE'
  readonly schedulingStrategy: 'REPLICA' | 'DAEMON'
  /** Of a daemon, how many instances there are. */
  readonly desiredCount: number
  readonly deploymentConfiguration: DeploymentConfiguration
  /** Seconds after its start in which a task's failing health checks change nothing. */
  readonly healthCheckGracePeriod?: number
  /** The first is the primary one; the others still have tasks. */
  readonly deployments: readonly Deployment[]
  /** What the circuit breaker goes back to: the deployment that was last completed. */
  readonly lastCompleted?: Deployment
  readonly createdBy: string
  /** Milliseconds since 1970, like the times after it. */
  readonly createdAt: number
  /** When it was last said that all is as it should be, as long as that is so. */
  readonly steadyAt?: number
  readonly problem?: Problem
  readonly inactiveAt?: number
  readonly clientToken?: string
  /** Whose tags its tasks get; nobody's without it. */
  readonly propagateTags?: 'TASK_DEFINITION' | 'SERVICE'
  /** Whether its tasks get ECS's own tags. */
  readonly hasManagedTags?: boolean
  /** Whether commands may be run in its tasks. */
  readonly executeCommand?: boolean
  readonly placementConstraints?: readonly PlacementConstraint[]
  readonly placementStrategy?: readonly PlacementStrategy[]
}

/** The deployment that the service is to be in. @throws RangeError for a service without any, which there isn't */
export function primaryOf({ deployments: [primary] }: Pick<Service, 'deployments'>): Deployment {
  if (primary === undefined) throw new RangeError('A service has a deployment')
  return primary
}

/** How many tasks there may be at once. */
export function mostTasks({ desiredCount, deploymentConfiguration }: Service): number {
  return Math.floor((desiredCount * deploymentConfiguration.maximumPercent) / 100)
}

/** How many tasks must stay healthy. */
export function fewestHealthy({ desiredCount, deploymentConfiguration }: Service): number {
  return Math.ceil((desiredCount * deploymentConfiguration.minimumHealthyPercent) / 100)
}
