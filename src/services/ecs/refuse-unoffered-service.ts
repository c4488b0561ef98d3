import type { CreateServiceRequest, UpdateServiceRequest } from '@aws-sdk/client-ecs'
import { EcsInvalidParameterError } from '../../core/ecs/errors.ts'
import type { Checked } from '../checked.ts'
import { refuseUnoffered } from './refuse-unoffered.ts'

type ServiceSettings = Checked<Partial<CreateServiceRequest> & Partial<UpdateServiceRequest>>

/**
 * Refuses settings of services that Berth can't act upon: there is one engine, with neither load balancers nor a service registry.
 *
 * @throws EcsInvalidParameterError for the first that is there
 */
export function refuseUnofferedService(input: ServiceSettings): void {
  const { deploymentController, launchType = 'EC2' } = input
  if (launchType !== 'EC2') {
    throw new EcsInvalidParameterError('Berth runs services of launch type EC2 alone.')
  }
  if ((deploymentController?.type ?? 'ECS') !== 'ECS') {
    throw new EcsInvalidParameterError("Berth offers the deployment controller 'ECS' alone.")
  }
  if ((input.availabilityZoneRebalancing ?? 'DISABLED') !== 'DISABLED') {
    throw new EcsInvalidParameterError("Berth does not offer 'availabilityZoneRebalancing': it has one zone.")
  }
  if (input.serviceConnectConfiguration?.enabled) {
    throw new EcsInvalidParameterError("Berth does not offer 'serviceConnectConfiguration'.")
  }
  refuseUnoffered(input, [
    'loadBalancers',
    'serviceRegistries',
    'capacityProviderStrategy',
    'platformVersion',
    'role',
    'volumeConfigurations',
    'vpcLatticeConfigurations',
  ])
  refuseUnofferedDeployment(input.deploymentConfiguration ?? {})
}

function refuseUnofferedDeployment(
  configuration: NonNullable<ServiceSettings['deploymentConfiguration']>,
): void {
  const { strategy = 'ROLLING', alarms, bakeTimeInMinutes = 0 } = configuration
  if (strategy !== 'ROLLING') {
    throw new EcsInvalidParameterError("Berth offers the deployment strategy 'ROLLING' alone.")
  }
  if (alarms?.enable) throw new EcsInvalidParameterError("Berth does not offer 'alarms'.")
  if (bakeTimeInMinutes > 0) throw new EcsInvalidParameterError("Berth does not offer 'bakeTimeInMinutes'.")
  refuseUnoffered(configuration, ['lifecycleHooks', 'linearConfiguration', 'canaryConfiguration'])
}
