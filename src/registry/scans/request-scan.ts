import { ImageArchivedError, ImageNotFoundError } from '../../core/images/errors.ts'
import type { Digest } from '../../core/names/digest.ts'
import type { RepositoryKey } from '../../core/names/registry-key.ts'
import { isUnderWay } from '../../core/scanning/image-scan.ts'
import { tellsFindings } from '../../core/scanning/pull-gate.ts'
import { imagesToScan } from '../findings/report-findings.ts'
import { lockRepository } from '../lock-repository.ts'
import type { Registry } from '../registry.ts'
import { findScanningConfiguration } from './find-scanning.ts'
import { askForScan } from './scan-soon.ts'
import { requireRest } from './start-scan.ts'

/**
 * Has an image scanned, or those that an index lists, in the way that the registry's images are. What is being scanned goes on so.
 *
 * @param scope `missing`: only where no scan tells anything
 * @returns how many scans were asked for
 * @throws RepositoryNotFoundError, ImageNotFoundError, ImageArchivedError, UnsupportedImageTypeError
 * @throws LimitExceededError too soon after the last scan
 */
export async function requestScan(
  registry: Registry,
  key: RepositoryKey,
  { digest, scope }: { readonly digest: Digest; readonly scope: 'all' | 'missing' },
): Promise<number> {
  return registry.metadata.write(async (tx) => {
    const repository = await lockRepository(tx, key)
    const { type } = await findScanningConfiguration(tx, key)
    const named = await tx.images.find(repository.id, digest)
    if (named === undefined) throw new ImageNotFoundError(key, { digest })
    if (named.storage !== 'ACTIVE') throw new ImageArchivedError()
    let asked = 0
    for (const image of await imagesToScan({ metadata: tx }, repository, named)) {
      const latest = await tx.scans.find(repository.id, image.digest)
      const isWanted = scope === 'all' || !tellsFindings(latest?.status)
      if (!isWanted || (latest !== undefined && isUnderWay(latest))) continue
      requireRest(registry, latest)
      await askForScan(tx, registry, repository, image, type)
      asked += 1
    }
    return asked
  })
}
