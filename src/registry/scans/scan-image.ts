import { imageScanned } from '../../core/events/image-scanned.ts'
import { readManifest } from '../../core/manifests/read-manifest.ts'
import type { Digest } from '../../core/names/digest.ts'
import type { RepositoryKey } from '../../core/names/registry-key.ts'
import type { Repository } from '../../core/repositories/repository.ts'
import { type ImageScan, isUnderWay } from '../../core/scanning/image-scan.ts'
import { emitEvents } from '../emit-events.ts'
import { loadManifest } from '../load-manifest.ts'
import type { Registry } from '../registry.ts'
import { type Judgement, judgeImage } from './judge-image.ts'
import { KnownAdvisories } from './known-advisories.ts'
import { type InventoryOptions, takeInventory } from './take-inventory.ts'

/** How often a scan is tried before it counts as failed. */
const maxAttempts = 3

/**
 * Does the scan of an image that was asked for: reads the layers that no scan has read before, looks up what is known of their packages,
 * keeps what was found and tells of it. Nothing, when the image is gone or its scan has ended.
 *
 * @param attempt counts from 1
 * @throws the signal's reason, and what went wrong
 */
export async function scanImage(
  registry: Registry,
  key: RepositoryKey,
  digest: Digest,
  options: InventoryOptions & { readonly attempt: number },
): Promise<Judgement | undefined> {
  const repository = await registry.metadata.repositories.find(key)
  const scan = repository && (await registry.metadata.scans.find(repository.id, digest))
  if (repository === undefined || scan === undefined || !isUnderWay(scan)) return undefined
  try {
    const judgement = await judge(registry, repository, scan, options)
    if (judgement !== undefined) await endScan(registry, repository, scan, judgement)
    return judgement
  } catch (error) {
    if (options.signal.aborted || options.attempt < maxAttempts) throw error
    await endScan(registry, repository, scan, broken)
    throw error
  }
}

const broken: Judgement = {
  end: {
    status: 'FAILED',
    description: "The scan failed for a reason on this side; the server's log says more.",
    severityCounts: {},
    fingerprint: '',
  },
  vulnerabilities: [],
}

async function judge(
  registry: Registry,
  repository: Repository,
  { digest, type }: ImageScan,
  options: InventoryOptions,
): Promise<Judgement | undefined> {
  const stored = await loadManifest(registry, repository.id, digest)
  const manifest = stored && readManifest(stored.content, stored.mediaType)
  if (manifest?.kind !== 'image') return undefined
  const inventory = await takeInventory(registry, repository, manifest, options)
  return judgeImage(inventory, type, new KnownAdvisories(registry.metadata))
}

/** Of the two types, only a basic scan has an event of ECR's own. */
async function endScan(
  registry: Registry,
  repository: Repository,
  { digest, run, type }: ImageScan,
  { end, vulnerabilities }: Judgement,
): Promise<void> {
  const completedAt = registry.now()
  const image = { repositoryId: repository.id, digest }
  const findings = vulnerabilities.map((one) => ({ ...one, firstObservedAt: completedAt.getTime() }))
  await registry.metadata.write(async (tx) => {
    const isLatest = await tx.scans.end(image, run, { ...end, completedAt }, findings)
    if (!isLatest || type === 'ENHANCED') return
    const tags = (await tx.tags.ofImages(repository.id, [digest])).get(digest) ?? []
    const status = end.status === 'COMPLETE' ? 'COMPLETE' : 'FAILED'
    await emitEvents(tx, registry, [
      imageScanned(repository, { digest, tags, status, severityCounts: end.severityCounts }),
    ])
  })
}
