import type { CreateServiceRequest } from '@aws-sdk/client-ecs'
import { EcsInvalidParameterError } from '../../core/ecs/errors.ts'
import { checkConstraints } from '../../core/ecs/placement/constraints.ts'
import { checkStrategy } from '../../core/ecs/placement/strategy.ts'
import type { Service } from '../../core/ecs/scheduling/service.ts'
import type { Checked } from '../checked.ts'

type Given = Checked<
  Pick<
    CreateServiceRequest,
    | 'enableECSManagedTags'
    | 'enableExecuteCommand'
    | 'healthCheckGracePeriodSeconds'
    | 'placementConstraints'
    | 'placementStrategy'
    | 'propagateTags'
  >
>

/** A service with what a request says of its tasks; what it doesn't say stays. @throws EcsInvalidParameterError */
export function withTaskSettings(service: Service, given: Given): Service {
  const { healthCheckGracePeriodSeconds, placementConstraints, placementStrategy } = given
  const isDaemon = service.schedulingStrategy === 'DAEMON'
  checkConstraints(placementConstraints ?? [])
  checkStrategy(placementStrategy ?? [])
  if (isDaemon && (placementStrategy ?? []).length > 0) {
    throw new EcsInvalidParameterError(
      'The daemon scheduling strategy does not support placement strategies.',
    )
  }
  if (isDaemon && placementConstraints?.some(({ type }) => type === 'distinctInstance')) {
    throw new EcsInvalidParameterError(
      'The daemon scheduling strategy supports the memberOf constraint alone.',
    )
  }
  return {
    ...withTagSettings(service, given),
    ...(placementConstraints !== undefined && { placementConstraints }),
    ...(placementStrategy !== undefined && { placementStrategy }),
    ...(healthCheckGracePeriodSeconds !== undefined && {
      healthCheckGracePeriod: healthCheckGracePeriodSeconds,
    }),
  }
}

function withTagSettings(service: Service, given: Given): Service {
  const { propagateTags: known, ...others } = service
  const asked = given.propagateTags ?? known ?? 'NONE'
  return {
    ...others,
    ...(asked !== 'NONE' && { propagateTags: asked }),
    ...(given.enableECSManagedTags !== undefined && { hasManagedTags: given.enableECSManagedTags }),
    ...(given.enableExecuteCommand !== undefined && { executeCommand: given.enableExecuteCommand }),
  }
}
