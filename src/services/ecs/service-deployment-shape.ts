import type {
  ServiceDeployment as DeploymentShape,
  ServiceRevision as RevisionShape,
  ServiceDeploymentCircuitBreaker,
} from '@aws-sdk/client-ecs'
import { clusterArn } from '../../core/ecs/cluster.ts'
import { type ServiceDeployment, unfinishedStatuses } from '../../core/ecs/scheduling/service-deployment.ts'
import {
  type ServiceKey,
  serviceArn,
  serviceDeploymentArn,
  serviceRevisionArn,
} from '../../core/ecs/scheduling/service-key.ts'
import { taskDefinitionArn } from '../../core/ecs/task-definition.ts'
import { ownMember } from '../../core/own-member.ts'
import type { MetadataReader } from '../../stores/metadata/metadata-store.ts'
import type { Checked } from '../checked.ts'
import { countTasks } from './count-tasks.ts'
import { networkShape } from './deployable-revision.ts'
import type { EcsContext } from './ecs-action.ts'
import { configurationShape } from './service-shape.ts'

/** What every way of telling of a deployment has. */
export function briefShape(key: ServiceKey, known: ServiceDeployment) {
  const { id, status, statusReason, createdAt, startedAt, finishedAt } = known
  return {
    serviceDeploymentArn: serviceDeploymentArn(key, id),
    serviceArn: serviceArn(key),
    clusterArn: clusterArn(key.cluster),
    status,
    createdAt: new Date(createdAt),
    ...(statusReason !== undefined && { statusReason }),
    ...(startedAt !== undefined && { startedAt: new Date(startedAt) }),
    ...(finishedAt !== undefined && { finishedAt: new Date(finishedAt) }),
  }
}

/** A deployment with how many tasks there are by now of what it goes over to, and of what it comes from. @see Amazon ECS API reference, ServiceDeployment */
export async function serviceDeploymentShape(
  { tasks, services }: Pick<MetadataReader, 'tasks' | 'services'>,
  {
    service: key,
    known,
    hasLooked,
  }: Pick<EcsContext, 'hasLooked'> & { readonly service: ServiceKey; readonly known: ServiceDeployment },
): Promise<Checked<DeploymentShape>> {
  const counts = await countTasks(tasks, key, { hasLooked })
  const desired = (await services.find(key))?.desiredCount ?? 0
  const isUnderWay = unfinishedStatuses.includes(known.status)
  const revision = (id: string, requestedTaskCount: number) => {
    const { running, pending } = counts.get(`ecs-svc/${id}`) ?? { running: 0, pending: 0 }
    const arn = serviceRevisionArn(key, id)
    return { arn, requestedTaskCount, runningTaskCount: running, pendingTaskCount: pending }
  }
  const { rollback, stoppedAt } = known
  return {
    ...briefShape(key, known),
    updatedAt: new Date(known.updatedAt),
    ...(stoppedAt !== undefined && { stoppedAt: new Date(stoppedAt) }),
    sourceServiceRevisions: known.sources.map((id) => revision(id, isUnderWay ? desired : 0)),
    targetServiceRevision: revision(known.id, isUnderWay || known.status === 'SUCCESSFUL' ? desired : 0),
    deploymentConfiguration: configurationShape(known.configuration),
    deploymentCircuitBreaker: circuitBreaker(known),
    ...(rollback !== undefined && {
      rollback: {
        reason: rollback.reason,
        startedAt: new Date(rollback.startedAt),
        serviceRevisionArn: serviceRevisionArn(key, rollback.to),
      },
    }),
  }
}

function circuitBreaker(known: ServiceDeployment): Checked<ServiceDeploymentCircuitBreaker> {
  const { failureCount, threshold, configuration, status } = known
  if (!configuration.circuitBreaker.enable) return { status: 'DISABLED', failureCount, threshold }
  const isTriggered = failureCount >= threshold
  const isOver = !unfinishedStatuses.includes(status)
  return {
    status: isTriggered ? 'TRIGGERED' : isOver ? 'MONITORING_COMPLETE' : 'MONITORING',
    failureCount,
    threshold,
  }
}

/** @see Amazon ECS API reference, ServiceRevision */
export function serviceRevisionShape(
  key: ServiceKey,
  { id, revision, createdAt }: ServiceDeployment,
): Checked<RevisionShape> {
  const { account, region } = key.cluster
  const { digests = {}, images } = revision
  return {
    serviceRevisionArn: serviceRevisionArn(key, id),
    serviceArn: serviceArn(key),
    clusterArn: clusterArn(key.cluster),
    taskDefinition: taskDefinitionArn({ account, region, ...revision }),
    launchType: 'EC2',
    loadBalancers: [],
    serviceRegistries: [],
    ...networkShape(revision),
    containerImages: images.map(({ container, image }) => {
      const imageDigest = ownMember(digests, container)
      return { containerName: container, image, ...(imageDigest !== undefined && { imageDigest }) }
    }),
    guardDutyEnabled: false,
    createdAt: new Date(createdAt),
  }
}
