import { requestScan } from '../../registry/scans/request-scan.ts'
import type { BerthAction } from './berth-action.ts'
import { onRepository } from './permissions.ts'
import { requestedImage } from './requested-image.ts'

/** Has an image scanned, or those that an index lists. */
export const scanImage: BerthAction<'ScanImage'> = {
  operation: 'ScanImage',
  permissions: onRepository('berth:ScanImage', 'ecr:StartImageScan'),
  async run(input, call, { registry }) {
    const { repository, image } = await requestedImage(registry, input, call)
    const wanted = { digest: image.digest, scope: input.again ? 'all' : 'missing' } as const
    return { imageDigest: image.digest, scansStarted: await requestScan(registry, repository, wanted) }
  },
}
