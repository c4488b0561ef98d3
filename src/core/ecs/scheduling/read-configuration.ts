import { EcsInvalidParameterError } from '../errors.ts'
import type { DeploymentConfiguration, Service } from './service.ts'

/** As a request gives it. */
export interface GivenConfiguration {
  readonly maximumPercent?: number
  readonly minimumHealthyPercent?: number
  readonly deploymentCircuitBreaker?: { readonly enable: boolean; readonly rollback: boolean }
}

const replica: DeploymentConfiguration = {
  maximumPercent: 200,
  minimumHealthyPercent: 100,
  circuitBreaker: { enable: false, rollback: false },
}

const daemon: DeploymentConfiguration = { ...replica, maximumPercent: 100, minimumHealthyPercent: 0 }

/**
 * A configuration with what a request gives of it; the rest stays, or is what ECS takes for granted.
 *
 * @throws EcsInvalidParameterError for percentages that leave no way to run what is desired
 * @see Amazon ECS API reference, DeploymentConfiguration
 */
export function readConfiguration(
  given: GivenConfiguration = {},
  strategy: Service['schedulingStrategy'],
  known: DeploymentConfiguration = strategy === 'DAEMON' ? daemon : replica,
): DeploymentConfiguration {
  const { maximumPercent = known.maximumPercent, minimumHealthyPercent = known.minimumHealthyPercent } = given
  if (minimumHealthyPercent < 0 || minimumHealthyPercent > 100) {
    throw new EcsInvalidParameterError('minimumHealthyPercent must be between 0 and 100.')
  }
  if (strategy === 'DAEMON' && maximumPercent !== 100) {
    throw new EcsInvalidParameterError(
      'The daemon scheduling strategy does not support values other than 100 for maximumPercent.',
    )
  }
  if (maximumPercent < 100 || maximumPercent > 200) {
    throw new EcsInvalidParameterError('maximumPercent must be between 100 and 200.')
  }
  if (maximumPercent === 100 && minimumHealthyPercent === 100) {
    throw new EcsInvalidParameterError(
      'Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments.',
    )
  }
  const { enable, rollback } = given.deploymentCircuitBreaker ?? known.circuitBreaker
  return { maximumPercent, minimumHealthyPercent, circuitBreaker: { enable, rollback } }
}
