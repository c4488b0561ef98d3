import type {
  PutRegistryScanningConfigurationRequest,
  PutRegistryScanningConfigurationResponse,
} from '@aws-sdk/client-ecr'
import { putScanningConfiguration } from '../../registry/scans/put-scanning-configuration.ts'
import type { EcrAction } from './ecr-action.ts'
import { onRegistry } from './permissions.ts'
import { readScanningConfiguration, scanningConfigurationShape } from './scanning-configuration-members.ts'

/**
 * Sets how the registry's images are scanned, in the place of all that was set before.
 *
 * @see Amazon ECR API reference, PutRegistryScanningConfiguration
 */
export const putRegistryScanningConfiguration: EcrAction<
  PutRegistryScanningConfigurationRequest,
  PutRegistryScanningConfigurationResponse
> = {
  operation: 'PutRegistryScanningConfiguration',
  permissions: onRegistry('ecr:PutRegistryScanningConfiguration'),
  async run(input, call, { registry }) {
    const configuration = readScanningConfiguration(input.scanType ?? 'BASIC', input.rules ?? [])
    await putScanningConfiguration(registry, call.registry, configuration)
    return { registryScanningConfiguration: scanningConfigurationShape(configuration) }
  },
}
