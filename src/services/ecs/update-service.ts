import type { UpdateServiceRequest, UpdateServiceResponse } from '@aws-sdk/client-ecs'
import { EcsServiceNotActiveError } from '../../core/ecs/errors.ts'
import { beginDeployment } from '../../core/ecs/scheduling/begin-deployment.ts'
import type { DeployedRevision } from '../../core/ecs/scheduling/deployment.ts'
import { readConfiguration } from '../../core/ecs/scheduling/read-configuration.ts'
import { primaryOf, type Service } from '../../core/ecs/scheduling/service.ts'
import { serviceJob } from '../../core/ecs/scheduling/service-key.ts'
import type { TaskRules } from '../../core/ecs/task-rules.ts'
import { putService } from '../../registry/ecs/put-service.ts'
import type { MetadataTransaction } from '../../stores/metadata/metadata-store.ts'
import type { Checked } from '../checked.ts'
import type { Call } from '../service.ts'
import { activeDefinition } from './active-definition.ts'
import { deployableRevision, networkShape } from './deployable-revision.ts'
import { readDesiredCount } from './desired-count.ts'
import type { EcsAction } from './ecs-action.ts'
import { execConditions } from './permissions.ts'
import { refuseUnofferedService } from './refuse-unoffered-service.ts'
import { lockService, onService, requestedService } from './requested-service.ts'
import { withTaskSettings } from './service-settings.ts'
import { serviceShape } from './service-shape.ts'

type Input = Checked<UpdateServiceRequest>

/**
 * Changes a service. A task definition, or the wish for it, begins a new deployment; everything else goes on with the one there is.
 *
 * @see Amazon ECS API reference, UpdateService
 */
export const updateService: EcsAction<UpdateServiceRequest, UpdateServiceResponse> = {
  operation: 'UpdateService',
  permissions(input, call) {
    const conditions = input.enableExecuteCommand === undefined ? {} : execConditions(input)
    return [onService('ecs:UpdateService', requestedService(input, call), conditions)]
  },
  async run(input, call, { registry: { metadata, now, newId, taskRules }, hasLooked }) {
    refuseUnofferedService(input)
    const key = requestedService(input, call)
    return metadata.write(async (tx) => {
      const known = await lockService(tx, key)
      if (known.status !== 'ACTIVE') throw new EcsServiceNotActiveError()
      const changed = withSettings(known, input)
      const revision = await revisionToDeploy(tx, taskRules, { known, input, call })
      const given = { uuid: newId(), at: now().getTime() }
      const service = revision ? beginDeployment(changed, revision, given) : changed
      await putService(tx, service, now())
      await tx.jobs.add(serviceJob(key), now())
      return { service: await serviceShape(tx, service, { withTags: true, hasLooked }) }
    })
  },
}

function withSettings(service: Service, input: Input): Service {
  const { schedulingStrategy, desiredCount, deploymentConfiguration: known } = service
  const changed = {
    ...service,
    desiredCount: readDesiredCount(schedulingStrategy, input.desiredCount, desiredCount),
    deploymentConfiguration: readConfiguration(input.deploymentConfiguration, schedulingStrategy, known),
  }
  return withTaskSettings(changed, input)
}

/** What the request has the service go over to, if it does. */
async function revisionToDeploy(
  tx: MetadataTransaction,
  rules: TaskRules,
  { known, input, call }: { readonly known: Service; readonly input: Input; readonly call: Call },
): Promise<DeployedRevision | undefined> {
  const { taskDefinition, networkConfiguration: given, forceNewDeployment = false } = input
  const primary = primaryOf(known)
  const wanted = taskDefinition === undefined ? primary : await activeDefinition(tx, taskDefinition, call)
  const isOther = wanted.family !== primary.family || wanted.revision !== primary.revision
  if (!isOther && given === undefined && !forceNewDeployment) return undefined
  const network = given ?? networkShape(primary).networkConfiguration
  return deployableRevision(tx, wanted, { cluster: known.cluster, rules, network })
}
