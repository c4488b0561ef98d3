import type { Image } from '../../core/images/image.ts'
import type { Repository } from '../../core/repositories/repository.ts'
import { isScannable } from '../../core/scanning/image-scan.ts'
import { scanJob } from '../../core/scanning/scan-jobs.ts'
import type { ScanType } from '../../core/scanning/scanning-configuration.ts'
import type { MetadataTransaction } from '../../stores/metadata/metadata-store.ts'
import type { Registry } from '../registry.ts'
import { findRepositoryScanning } from './find-scanning.ts'

/** Has an image scanned that has come into a locked repository, if its images are scanned when they come. */
export async function scanSoon(
  tx: MetadataTransaction,
  registry: Pick<Registry, 'now'>,
  repository: Repository,
  image: Image,
): Promise<void> {
  if (!isScannable(image)) return
  const { type, frequency } = await findRepositoryScanning(tx, repository)
  if (frequency !== 'MANUAL') await askForScan(tx, registry, repository, image, type)
}

/** The same of an image that comes back from the archive: what was found before it went there is forgotten. */
export async function scanAgain(
  tx: MetadataTransaction,
  registry: Pick<Registry, 'now'>,
  repository: Repository,
  image: Image,
): Promise<void> {
  await tx.scans.forget({ repositoryId: repository.id, digest: image.digest })
  await scanSoon(tx, registry, repository, image)
}

/** Notes that an image of a locked repository is to be scanned, and has a worker do it. */
export async function askForScan(
  tx: MetadataTransaction,
  { now }: Pick<Registry, 'now'>,
  repository: Repository,
  { digest }: Image,
  type: ScanType,
): Promise<void> {
  const at = now()
  const status = type === 'BASIC' ? 'IN_PROGRESS' : 'PENDING'
  await tx.scans.ask({ repositoryId: repository.id, digest }, { type, status, at })
  await tx.jobs.add(scanJob(repository, digest), at)
}
