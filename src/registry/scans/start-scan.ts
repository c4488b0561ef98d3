import { LimitExceededError } from '../../core/errors.ts'
import { ImageArchivedError, ImageNotFoundError } from '../../core/images/errors.ts'
import type { Image } from '../../core/images/image.ts'
import type { RepositoryKey } from '../../core/names/registry-key.ts'
import { FeatureDisabledError, UnsupportedImageTypeError } from '../../core/scanning/errors.ts'
import { type ImageScan, isScannable, isUnderWay } from '../../core/scanning/image-scan.ts'
import { lockRepository } from '../lock-repository.ts'
import type { Registry } from '../registry.ts'
import { findScanningConfiguration } from './find-scanning.ts'
import { askForScan } from './scan-soon.ts'

/**
 * Has one image scanned. One that is being scanned goes on so, which is a success.
 *
 * @throws FeatureDisabledError while enhanced scanning is on
 * @throws RepositoryNotFoundError, ImageNotFoundError, ImageArchivedError, UnsupportedImageTypeError
 * @throws LimitExceededError too soon after the last scan
 */
export async function startScan(
  registry: Registry,
  key: RepositoryKey,
  digest: Image['digest'],
): Promise<void> {
  await registry.metadata.write(async (tx) => {
    const repository = await lockRepository(tx, key)
    const { type } = await findScanningConfiguration(tx, key)
    if (type === 'ENHANCED') throw new FeatureDisabledError()
    const image = await tx.images.find(repository.id, digest)
    if (image === undefined) throw new ImageNotFoundError(key, { digest })
    if (image.storage !== 'ACTIVE') throw new ImageArchivedError()
    if (!isScannable(image)) throw new UnsupportedImageTypeError()
    const latest = await tx.scans.find(repository.id, digest)
    if (latest !== undefined && isUnderWay(latest)) return
    requireRest(registry, latest)
    await askForScan(tx, registry, repository, image, 'BASIC')
  })
}

/** Refuses a scan that someone asks for too soon after the last. @throws LimitExceededError @see Amazon ECR user guide, "Scan images for OS vulnerabilities": once in 24 hours */
export function requireRest({ scans, now }: Registry, latest: ImageScan | undefined): void {
  if (latest === undefined || now().getTime() - latest.startedAt.getTime() >= scans.cooldown) return
  throw new LimitExceededError('The scan quota per image has been exceeded. Wait and try again.')
}
