import type {
  GetRegistryScanningConfigurationRequest,
  GetRegistryScanningConfigurationResponse,
} from '@aws-sdk/client-ecr'
import { findScanningConfiguration } from '../../registry/scans/find-scanning.ts'
import type { EcrAction } from './ecr-action.ts'
import { onRegistry } from './permissions.ts'
import { scanningConfigurationShape } from './scanning-configuration-members.ts'

/**
 * Tells how the registry's images are scanned.
 *
 * @see Amazon ECR API reference, GetRegistryScanningConfiguration
 */
export const getRegistryScanningConfiguration: EcrAction<
  GetRegistryScanningConfigurationRequest,
  GetRegistryScanningConfigurationResponse
> = {
  operation: 'GetRegistryScanningConfiguration',
  permissions: onRegistry('ecr:GetRegistryScanningConfiguration'),
  async run(_input, call, { registry }) {
    const configuration = await findScanningConfiguration(registry.metadata, call.registry)
    return {
      registryId: call.registry.account,
      scanningConfiguration: scanningConfigurationShape(configuration),
    }
  },
}
