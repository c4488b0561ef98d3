import { circuitThreshold } from './break-circuit.ts'
import type { Deployment } from './deployment.ts'
import { type DeploymentConfiguration, primaryOf, type Service } from './service.ts'

/** What became of a deployment of a service. @see Amazon ECS API reference, ServiceDeployment */
export interface ServiceDeployment {
  /** The digits of the deployment's id. It goes over to the revision of the same number. */
  readonly id: string
  readonly status: DeploymentStatus
  readonly statusReason?: string
  /** What it goes over to. */
  readonly revision: ServiceRevision
  /** Revisions that ran when it began. */
  readonly sources: readonly string[]
  /** The revision that it goes back to, if it must. */
  readonly origin?: string
  readonly configuration: DeploymentConfiguration
  readonly failureCount: number
  readonly threshold: number
  readonly rollback?: { readonly reason: string; readonly startedAt: number; readonly to: string }
  /** Milliseconds since 1970, like the times after it. */
  readonly createdAt: number
  readonly startedAt?: number
  readonly updatedAt: number
  readonly finishedAt?: number
  readonly stoppedAt?: number
}

/** One way to run a service. @see Amazon ECS API reference, ServiceRevision */
export type ServiceRevision = Pick<Deployment, 'family' | 'revision' | 'subnets' | 'digests'> & {
  readonly images: readonly { readonly container: string; readonly image: string }[]
}

/** Those in which something is requested are over before anybody can see them. */
export type DeploymentStatus =
  | 'PENDING'
  | 'IN_PROGRESS'
  | 'SUCCESSFUL'
  | 'STOPPED'
  | 'STOP_REQUESTED'
  | 'ROLLBACK_REQUESTED'
  | 'ROLLBACK_IN_PROGRESS'
  | 'ROLLBACK_SUCCESSFUL'
  | 'ROLLBACK_FAILED'

export const unfinishedStatuses: readonly DeploymentStatus[] = [
  'PENDING',
  'IN_PROGRESS',
  'ROLLBACK_IN_PROGRESS',
]

/** The number that a deployment's id, its record and its revision have in common. */
export function deploymentNumber({ id }: Pick<Deployment, 'id'>): string {
  return id.slice('ecs-svc/'.length)
}

/** The record of a service's primary deployment, which has just begun. */
export function newServiceDeployment(service: Service): ServiceDeployment {
  const [primary, ...others] = [primaryOf(service), ...service.deployments.slice(1)]
  const { lastCompleted, deploymentConfiguration } = service
  const { createdAt } = primary
  return {
    id: deploymentNumber(primary),
    status: 'PENDING',
    revision: revisionOf(primary),
    sources: others.map(deploymentNumber),
    ...(lastCompleted !== undefined && { origin: deploymentNumber(lastCompleted) }),
    configuration: deploymentConfiguration,
    failureCount: 0,
    threshold: circuitThreshold(service),
    createdAt,
    updatedAt: createdAt,
  }
}

/** A record that isn't finished, as it is by what the service has come to. @param at milliseconds since 1970 */
export function followDeployment(known: ServiceDeployment, service: Service, at: number): ServiceDeployment {
  const own = service.deployments.find((one) => deploymentNumber(one) === known.id)
  const seen = own === undefined ? known : { ...known, revision: revisionOf(own), failureCount: own.strikes }
  const next = { ...seen, ...progressOf(known, service, at) }
  return JSON.stringify(next) === JSON.stringify(known) ? known : { ...next, updatedAt: at }
}

function progressOf(known: ServiceDeployment, service: Service, at: number): Partial<ServiceDeployment> {
  const primary = primaryOf(service)
  if (service.status !== 'ACTIVE') return stopped('The service was deleted.', at)
  if (deploymentNumber(primary) === known.id) return rolloutOf(primary, known, at)
  if (deploymentNumber(primary) === known.origin) return rollbackTo(primary, known, at)
  const statusReason = 'A newer deployment of the service has begun.'
  if (known.rollback === undefined) return stopped(statusReason, at)
  return { status: 'ROLLBACK_FAILED', statusReason, finishedAt: at }
}

function rolloutOf(
  { rollout, rolloutReason, isAnnounced }: Deployment,
  { startedAt = 0 }: ServiceDeployment,
  at: number,
): Partial<ServiceDeployment> {
  if (rollout === 'FAILED') return stopped(rolloutReason, at)
  if (rollout === 'COMPLETED') return { status: 'SUCCESSFUL', startedAt: startedAt || at, finishedAt: at }
  return isAnnounced ? { status: 'IN_PROGRESS', startedAt: startedAt || at } : {}
}

function rollbackTo(
  { rollout, rolloutReason, return: back }: Deployment,
  known: ServiceDeployment,
  at: number,
): Partial<ServiceDeployment> {
  const { reason, failures } = back ?? { reason: rolloutReason, failures: 0 }
  const rollback = known.rollback ?? { reason, startedAt: at, to: known.origin ?? '' }
  const told = {
    rollback,
    statusReason: rollback.reason,
    failureCount: Math.max(known.failureCount, failures),
  }
  if (rollout === 'IN_PROGRESS') return { ...told, status: 'ROLLBACK_IN_PROGRESS' }
  const status = rollout === 'COMPLETED' ? 'ROLLBACK_SUCCESSFUL' : 'ROLLBACK_FAILED'
  return { ...told, status, finishedAt: at }
}

function stopped(statusReason: string, at: number): Partial<ServiceDeployment> {
  return { status: 'STOPPED', statusReason, stoppedAt: at, finishedAt: at }
}

function revisionOf({ family, revision, subnets, digests, content }: Deployment): ServiceRevision {
  return {
    family,
    revision,
    ...(subnets !== undefined && { subnets }),
    ...(digests !== undefined && { digests }),
    images: content.containerDefinitions.map(({ name = '', image = '' }) => ({ container: name, image })),
  }
}
