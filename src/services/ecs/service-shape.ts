import type { Deployment as DeploymentShape, Service as ServiceShape } from '@aws-sdk/client-ecs'
import { clusterArn } from '../../core/ecs/cluster.ts'
import type { Deployment } from '../../core/ecs/scheduling/deployment.ts'
import { type DeploymentConfiguration, primaryOf, type Service } from '../../core/ecs/scheduling/service.ts'
import { deploymentNumber } from '../../core/ecs/scheduling/service-deployment.ts'
import {
  serviceArn,
  serviceDeploymentArn,
  serviceRevisionArn,
} from '../../core/ecs/scheduling/service-key.ts'
import { taskDefinitionArn } from '../../core/ecs/task-definition.ts'
import type { MetadataReader } from '../../stores/metadata/metadata-store.ts'
import type { ServiceEvent } from '../../stores/metadata/services.ts'
import type { TaskCounts } from '../../stores/metadata/tasks.ts'
import type { Checked } from '../checked.ts'
import { countTasks } from './count-tasks.ts'
import { networkShape } from './deployable-revision.ts'
import type { EcsContext } from './ecs-action.ts'
import { tagShapes } from './tags.ts'

interface ServiceParts {
  readonly counts: ReadonlyMap<string, TaskCounts>
  readonly events: readonly ServiceEvent[]
  /** Where the request includes them. */
  readonly tags?: ReadonlyMap<string, string>
}

/** A service with its counts and events and, where they are asked for, its tags. */
export async function serviceShape(
  metadata: Pick<MetadataReader, 'arnTags' | 'tasks' | 'services'>,
  service: Service,
  { withTags, hasLooked }: Pick<EcsContext, 'hasLooked'> & { readonly withTags: boolean },
): Promise<Checked<ServiceShape>> {
  const counts = await countTasks(metadata.tasks, service, { hasLooked })
  const events = await metadata.services.events(service)
  const parts = withTags ? { tags: await metadata.arnTags.of(serviceArn(service)) } : {}
  return shapeOf(service, { counts, events, ...parts })
}

const onEc2 = { launchType: 'EC2' } as const

/** @see Amazon ECS API reference, Service */
function shapeOf(service: Service, { counts, events, tags }: ServiceParts): Checked<ServiceShape> {
  const { cluster, healthCheckGracePeriod } = service
  const all = [...counts.values()]
  return {
    serviceArn: serviceArn(service),
    serviceName: service.name,
    clusterArn: clusterArn(cluster),
    loadBalancers: [],
    serviceRegistries: [],
    status: service.status,
    desiredCount: service.desiredCount,
    runningCount: all.reduce((sum, { running }) => sum + running, 0),
    pendingCount: all.reduce((sum, { pending }) => sum + pending, 0),
    ...onEc2,
    taskDefinition: revisionArn(service, primaryOf(service)),
    deploymentConfiguration: configurationShape(service.deploymentConfiguration),
    deployments:
      service.status === 'INACTIVE'
        ? []
        : service.deployments.map((one) => deploymentShape(service, one, counts.get(one.id))),
    events: events.map(({ id, createdAt, message }) => ({ id, createdAt: new Date(createdAt), message })),
    createdAt: new Date(service.createdAt),
    createdBy: service.createdBy,
    placementConstraints: service.placementConstraints ?? [],
    placementStrategy: service.placementStrategy ?? [],
    ...currentShape(service, counts),
    ...(healthCheckGracePeriod !== undefined && { healthCheckGracePeriodSeconds: healthCheckGracePeriod }),
    ...networkShape(primaryOf(service)),
    schedulingStrategy: service.schedulingStrategy,
    deploymentController: { type: 'ECS' },
    enableECSManagedTags: service.hasManagedTags ?? false,
    propagateTags: service.propagateTags ?? 'NONE',
    enableExecuteCommand: service.executeCommand ?? false,
    availabilityZoneRebalancing: 'DISABLED',
    ...(tags !== undefined && { tags: tagShapes(tags) }),
  }
}

/** The deployment that is under way, and the revisions that have tasks. */
function currentShape(
  service: Service,
  counts: ReadonlyMap<string, TaskCounts>,
): Pick<Checked<ServiceShape>, 'currentServiceDeployment' | 'currentServiceRevisions'> {
  if (service.status === 'INACTIVE') return {}
  const primary = primaryOf(service)
  const isUnderWay = primary.rollout === 'IN_PROGRESS'
  return {
    ...(isUnderWay && { currentServiceDeployment: serviceDeploymentArn(service, deploymentNumber(primary)) }),
    currentServiceRevisions: service.deployments.map((one) => {
      const { running, pending } = counts.get(one.id) ?? { running: 0, pending: 0 }
      return {
        arn: serviceRevisionArn(service, deploymentNumber(one)),
        requestedTaskCount: one.id === primary.id ? service.desiredCount : one.tasks.length,
        runningTaskCount: running,
        pendingTaskCount: pending,
      }
    }),
  }
}

function deploymentShape(
  service: Service,
  deployment: Deployment,
  { running, pending }: TaskCounts = { running: 0, pending: 0 },
): Checked<DeploymentShape> {
  const isPrimary = deployment.id === primaryOf(service).id
  return {
    id: deployment.id,
    status: isPrimary ? 'PRIMARY' : 'ACTIVE',
    taskDefinition: revisionArn(service, deployment),
    desiredCount: isPrimary ? service.desiredCount : deployment.tasks.length,
    pendingCount: pending,
    runningCount: running,
    failedTasks: deployment.failedTasks,
    createdAt: new Date(deployment.createdAt),
    updatedAt: new Date(deployment.updatedAt),
    ...onEc2,
    ...networkShape(deployment),
    rolloutState: deployment.rollout,
    rolloutStateReason: deployment.rolloutReason,
  }
}

/** @see Amazon ECS API reference, DeploymentConfiguration */
export function configurationShape({ circuitBreaker, ...percentages }: DeploymentConfiguration) {
  return { deploymentCircuitBreaker: circuitBreaker, ...percentages, strategy: 'ROLLING' } as const
}

function revisionArn({ cluster: { account, region } }: Service, { family, revision }: Deployment): string {
  return taskDefinitionArn({ account, region, family, revision })
}
