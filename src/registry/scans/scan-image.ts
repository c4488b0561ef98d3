import { imageScanned } from '../../core/events/image-scanned.ts'
import { inspectorScanned } from '../../core/events/inspector-scanned.ts'
import type { ImageManifest } from '../../core/manifests/manifest.ts'
import { readManifest } from '../../core/manifests/read-manifest.ts'
import type { Digest } from '../../core/names/digest.ts'
import type { RepositoryKey } from '../../core/names/registry-key.ts'
import type { Repository } from '../../core/repositories/repository.ts'
import type { Finding } from '../../core/scanning/finding.ts'
import { type ImageScan, isUnderWay } from '../../core/scanning/image-scan.ts'
import type { ScanType } from '../../core/scanning/scanning-configuration.ts'
import { countSeverities, type SeverityCounts } from '../../core/scanning/severity.ts'
import { emitEvents } from '../emit-events.ts'
import { findAcceptances } from '../findings/find-acceptances.ts'
import { tellFindings } from '../findings/tell-findings.ts'
import type { StoredManifest } from '../get-manifest.ts'
import { loadManifest } from '../load-manifest.ts'
import type { Registry } from '../registry.ts'
import type { Judgement } from './judge-image.ts'

/** How often a scan is tried before it counts as failed. */
const maxAttempts = 3

/** An image to be scanned. */
export interface ImageToJudge {
  readonly repository: Repository
  readonly stored: StoredManifest
  readonly manifest: ImageManifest
  readonly type: ScanType
}

/** Says what is wrong with an image, by Berth's own means or by those of another scanner. @throws the signal's reason */
export type JudgeImage = (image: ImageToJudge, signal: AbortSignal) => Promise<Judgement>

export interface ScanOptions {
  readonly judge: JudgeImage
  readonly signal: AbortSignal
  /** Counts from 1. */
  readonly attempt: number
}

/**
 * Does the scan of an image that was asked for, keeps what was found and tells of it. Nothing, when the image is gone or its scan has ended.
 *
 * @throws the signal's reason, and what went wrong
 */
export async function scanImage(
  registry: Registry,
  key: RepositoryKey,
  digest: Digest,
  options: ScanOptions,
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

/** Resolves to nothing for an image that is gone. */
async function judge(
  registry: Registry,
  repository: Repository,
  { digest, type }: ImageScan,
  options: ScanOptions,
): Promise<Judgement | undefined> {
  const stored = await loadManifest(registry, repository.id, digest)
  if (stored === undefined) return undefined
  const manifest = readManifest(stored.content, stored.mediaType)
  if (manifest.kind !== 'image') return undefined
  return options.judge({ repository, stored, manifest, type }, options.signal)
}

/** A basic scan is told of by ECR, an enhanced one as by Amazon Inspector. */
async function endScan(
  registry: Registry,
  repository: Repository,
  { digest, run, type }: ImageScan,
  { end, vulnerabilities }: Judgement,
): Promise<void> {
  const completedAt = registry.now()
  const image = { repositoryId: repository.id, digest }
  const findings = vulnerabilities.map((one) => ({ ...one, firstObservedAt: completedAt.getTime() }))
  const severityCounts = await countOpen(registry, repository, digest, findings)
  await registry.metadata.write(async (tx) => {
    const isLatest = await tx.scans.end(image, run, { ...end, completedAt }, findings)
    if (!isLatest) return
    const tags = (await tx.tags.ofImages(repository.id, [digest])).get(digest) ?? []
    if (type === 'BASIC') {
      const status = end.status === 'COMPLETE' ? 'COMPLETE' : 'FAILED'
      await emitEvents(tx, registry, [imageScanned(repository, { digest, tags, status, severityCounts })])
    } else if (end.status === 'ACTIVE') {
      await emitEvents(tx, registry, [inspectorScanned(repository, { digest, tags, severityCounts })])
      await tellFindings(tx, registry, [{ repository, image, added: findings, gone: [] }])
    }
  })
}

/** Findings by severity, without those that are accepted. */
async function countOpen(
  registry: Registry,
  repository: Repository,
  digest: Digest,
  findings: readonly Finding[],
): Promise<SeverityCounts> {
  const acceptances = await findAcceptances(registry, repository)
  const at = registry.now()
  const image = { repository: repository.name, digest }
  return countSeverities(findings.filter((one) => acceptances.of(one, image, at) === undefined))
}
