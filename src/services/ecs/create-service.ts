import type { CreateServiceRequest, CreateServiceResponse } from '@aws-sdk/client-ecs'
import { EcsInvalidParameterError } from '../../core/ecs/errors.ts'
import { beginDeployment } from '../../core/ecs/scheduling/begin-deployment.ts'
import { readConfiguration } from '../../core/ecs/scheduling/read-configuration.ts'
import { primaryOf, type Service } from '../../core/ecs/scheduling/service.ts'
import {
  isServiceName,
  type ServiceKey,
  serviceArn,
  serviceJob,
} from '../../core/ecs/scheduling/service-key.ts'
import { putService } from '../../registry/ecs/put-service.ts'
import type { MetadataTransaction } from '../../stores/metadata/metadata-store.ts'
import type { Checked } from '../checked.ts'
import type { Call } from '../service.ts'
import { activeDefinition } from './active-definition.ts'
import { deployableRevision } from './deployable-revision.ts'
import { readDesiredCount } from './desired-count.ts'
import type { EcsAction } from './ecs-action.ts'
import { execConditions } from './permissions.ts'
import { refuseUnofferedService } from './refuse-unoffered-service.ts'
import { requestedCluster, requireActive } from './requested-cluster.ts'
import { onService } from './requested-service.ts'
import { requireOwn } from './require-own.ts'
import { withTaskSettings } from './service-settings.ts'
import { serviceShape } from './service-shape.ts'
import { creationPermissions, readTags } from './tags.ts'

/**
 * Makes a service, whose tasks a job sees to from then on. The same request again answers the one that is there.
 *
 * @see Amazon ECS API reference, CreateService
 */
export const createService: EcsAction<CreateServiceRequest, CreateServiceResponse> = {
  operation: 'CreateService',
  permissions(input, call) {
    const key = newKey(input, call)
    const creation = onService('ecs:CreateService', key, execConditions(input))
    return creationPermissions(creation, serviceArn(key), readTags(input.tags))
  },
  async run(input, call, { registry: { metadata, now, newId, taskRules }, hasLooked }) {
    refuseUnofferedService(input)
    const key = newKey(input, call)
    const tags = readTags(input.tags)
    const wanted = newService(input, key, { createdBy: call.caller.arn, at: now() })
    if (input.taskDefinition === undefined) {
      throw new EcsInvalidParameterError('TaskDefinition can not be blank.')
    }
    const reference = input.taskDefinition
    return metadata.write(async (tx) => {
      await requireActive(tx, requireOwn(key.cluster, call))
      const definition = await activeDefinition(tx, reference, call)
      const revision = await deployableRevision(tx, definition, {
        cluster: key.cluster,
        rules: taskRules,
        network: input.networkConfiguration,
      })
      const service = beginDeployment(wanted, revision, { uuid: newId(), at: now().getTime() })
      const known = await addService(tx, service)
      if (known !== undefined) {
        return { service: await serviceShape(tx, sameService(known, service), { withTags: true, hasLooked }) }
      }
      await tx.serviceDeployments.keepNewest(key, 0)
      await putService(tx, service, now())
      await tx.arnTags.put(serviceArn(key), tags)
      await tx.jobs.add(serviceJob(key), now())
      return { service: await serviceShape(tx, service, { withTags: true, hasLooked }) }
    })
  },
}

/**
 * Adds a service unless one of its name is there; then answers that. Of two that are made at the same time one comes after the other,
 * whichever processes make them.
 */
async function addService(tx: MetadataTransaction, service: Service): Promise<Service | undefined> {
  const known = await tx.services.lock(service)
  if (known !== undefined && known.status !== 'INACTIVE') return known
  if (known !== undefined) await tx.services.delete(service)
  return (await tx.services.add(service)) ? undefined : tx.services.lock(service)
}

function newKey(input: Checked<CreateServiceRequest>, call: Call): ServiceKey {
  if (!isServiceName(input.serviceName)) {
    throw new EcsInvalidParameterError(
      'Invalid service name. It can have up to 255 letters (uppercase and lowercase), numbers, underscores, and hyphens.',
    )
  }
  return { cluster: requestedCluster(input, call), name: input.serviceName }
}

/** A service before its first deployment. */
function newService(
  input: Checked<CreateServiceRequest>,
  key: ServiceKey,
  { createdBy, at }: { readonly createdBy: string; readonly at: Date },
): Service {
  const { schedulingStrategy = 'REPLICA', clientToken } = input
  const service: Service = {
    ...key,
    status: 'ACTIVE',
    schedulingStrategy,
    desiredCount: readDesiredCount(schedulingStrategy, input.desiredCount, undefined),
    deploymentConfiguration: readConfiguration(input.deploymentConfiguration, schedulingStrategy),
    ...(clientToken !== undefined && { clientToken }),
    deployments: [],
    createdBy,
    createdAt: at.getTime(),
  }
  return withTaskSettings(service, input)
}

/** The one that is there, if it was asked for with the same words. @throws EcsInvalidParameterError */
function sameService(known: Service, wanted: Service): Service {
  if (known.status === 'DRAINING') {
    throw new EcsInvalidParameterError('Unable to Start a service that is still Draining.')
  }
  const facts = (service: Service) => {
    const { family, revision, subnets } = primaryOf(service)
    const { schedulingStrategy, desiredCount, deploymentConfiguration, healthCheckGracePeriod } = service
    return JSON.stringify([
      [family, revision, schedulingStrategy, desiredCount],
      [deploymentConfiguration, healthCheckGracePeriod, service.clientToken, subnets],
      [service.propagateTags, service.hasManagedTags, service.executeCommand],
      [service.placementConstraints, service.placementStrategy],
    ])
  }
  if (facts(known) === facts(wanted)) return known
  throw new EcsInvalidParameterError('Creation of service was not idempotent.')
}
