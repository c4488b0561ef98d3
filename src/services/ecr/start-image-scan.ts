import type { StartImageScanRequest, StartImageScanResponse } from '@aws-sdk/client-ecr'
import { findRepository } from '../../registry/find-repository.ts'
import { startScan } from '../../registry/scans/start-scan.ts'
import type { EcrAction } from './ecr-action.ts'
import { findImage } from './find-image.ts'
import { onRepository } from './permissions.ts'
import { requestedRepository } from './requested-repository.ts'

/**
 * Has one image scanned for vulnerabilities.
 *
 * @see Amazon ECR API reference, StartImageScan
 */
export const startImageScan: EcrAction<StartImageScanRequest, StartImageScanResponse> = {
  operation: 'StartImageScan',
  permissions: onRepository('ecr:StartImageScan'),
  async run(input, call, { registry }) {
    const key = requestedRepository(input, call)
    const repository = await findRepository(registry, key)
    const { digest } = await findImage(registry.metadata, repository, input.imageId)
    await startScan(registry, key, digest)
    return {
      registryId: key.account,
      repositoryName: key.name,
      imageId: { imageDigest: digest, imageTag: input.imageId.imageTag },
      imageScanStatus: { status: 'IN_PROGRESS' },
    }
  },
}
