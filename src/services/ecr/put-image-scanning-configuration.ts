import type {
  PutImageScanningConfigurationRequest,
  PutImageScanningConfigurationResponse,
} from '@aws-sdk/client-ecr'
import { setScanOnPush } from '../../registry/set-scan-on-push.ts'
import type { EcrAction } from './ecr-action.ts'
import { onRepository } from './permissions.ts'
import { requestedRepository } from './requested-repository.ts'

/**
 * Sets a repository's own scan-on-push flag, which ECR keeps beside the registry's scanning configuration.
 *
 * @see Amazon ECR API reference, PutImageScanningConfiguration
 */
export const putImageScanningConfiguration: EcrAction<
  PutImageScanningConfigurationRequest,
  PutImageScanningConfigurationResponse
> = {
  operation: 'PutImageScanningConfiguration',
  permissions: onRepository('ecr:PutImageScanningConfiguration'),
  async run(input, call, { registry }) {
    const repository = requestedRepository(input, call)
    const scanOnPush = input.imageScanningConfiguration.scanOnPush ?? false
    await setScanOnPush(registry, repository, scanOnPush)
    return {
      registryId: repository.account,
      repositoryName: repository.name,
      imageScanningConfiguration: { scanOnPush },
    }
  },
}
