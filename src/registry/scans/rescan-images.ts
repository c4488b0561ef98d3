import { readManifest } from '../../core/manifests/read-manifest.ts'
import type { RegistryKey } from '../../core/names/registry-key.ts'
import { compareFindings } from '../../core/scanning/compare-findings.ts'
import { type Finding, findingKey } from '../../core/scanning/finding.ts'
import type { ImageInventory } from '../../core/scanning/layer-inventory.ts'
import { type ScanningConfiguration, scanningOf } from '../../core/scanning/scanning-configuration.ts'
import type { EndedScan } from '../../stores/metadata/scans.ts'
import { tellFindings } from '../findings/tell-findings.ts'
import type { Registry } from '../registry.ts'
import { askForScans } from './ask-for-scans.ts'
import { findScanningConfiguration } from './find-scanning.ts'
import { type Judgement, judgeImage } from './judge-image.ts'
import { KnownAdvisories } from './known-advisories.ts'
import { recallInventory } from './take-inventory.ts'

/** Images looked at in one stretch. */
const atOnce = 100
/** Images whose findings change in one transaction: few, since others wait for it. */
const renewedAtOnce = 10
/** More findings than an image has. */
const allFindings = 1_000_000

/** How far it is, and what it changed. */
export interface RescanTally {
  readonly images: number
  readonly changed: number
}

export interface RescanOptions {
  readonly signal: AbortSignal
  readonly tell: (tally: RescanTally) => void
  /** Called after each stretch of work. */
  readonly rest: () => Promise<void>
}

/**
 * Looks up again what is known of the packages of all images that are scanned continuously. Their packages are known: no layer is read,
 * but for images whose packages an earlier version of Berth has read, which are scanned anew.
 *
 * @throws the signal's reason
 */
export async function rescanImages(
  registry: Registry,
  { signal, tell, rest }: RescanOptions,
): Promise<RescanTally> {
  const known = new KnownAdvisories(registry.metadata)
  const continuous = new ContinuousRepositories(registry)
  let tally: RescanTally = { images: 0, changed: 0 }
  let after: EndedScan | undefined
  for (;;) {
    signal.throwIfAborted()
    const page = await registry.metadata.scans.ended({ type: 'ENHANCED', after, limit: atOnce })
    const wanted = await continuous.only(page)
    const changed = await rescanPage(registry, wanted, known)
    tally = { images: tally.images + wanted.length, changed: tally.changed + changed }
    tell(tally)
    after = page.at(-1)
    if (page.length < atOnce) return tally
    await rest()
  }
}

/** Which repositories are scanned continuously; each registry's configuration is looked up once. */
class ContinuousRepositories {
  readonly #registry: Registry
  readonly #configurations = new Map<string, Promise<ScanningConfiguration>>()

  constructor(registry: Registry) {
    this.#registry = registry
  }

  async only(page: readonly EndedScan[]): Promise<EndedScan[]> {
    const frequencies = await Promise.all(page.map(({ repository }) => this.#frequencyOf(repository)))
    return page.filter((_, at) => frequencies[at] === 'CONTINUOUS_SCAN')
  }

  async #frequencyOf({ name, ...registry }: EndedScan['repository']) {
    return scanningOf(await this.#configurationOf(registry), { name, scanOnPush: false }).frequency
  }

  #configurationOf(registry: RegistryKey): Promise<ScanningConfiguration> {
    const key = `${registry.account}/${registry.region}`
    const found =
      this.#configurations.get(key) ?? findScanningConfiguration(this.#registry.metadata, registry)
    this.#configurations.set(key, found)
    return found
  }
}

/** Resolves to how many images have other findings now. */
async function rescanPage(
  registry: Registry,
  page: readonly EndedScan[],
  known: KnownAdvisories,
): Promise<number> {
  const judged: Judged[] = []
  for (const ended of page) {
    const inventory = registry.scans.scanner === 'builtin' ? await inventoryOf(registry, ended) : undefined
    if (inventory === undefined) await readAgain(registry, ended)
    else judged.push({ ended, judgement: await judgeImage(inventory, 'ENHANCED', known) })
  }
  const changed = judged.filter(({ ended, judgement }) => isOther(ended, judgement))
  for (let at = 0; at < changed.length; at += renewedAtOnce)
    await renewSome(registry, changed.slice(at, at + renewedAtOnce))
  await confirm(
    registry,
    judged.filter((each) => !changed.includes(each)),
  )
  return changed.length
}

async function inventoryOf(
  registry: Registry,
  { repositoryId, digest }: EndedScan,
): Promise<ImageInventory | undefined> {
  const image = await registry.metadata.images.find(repositoryId, digest)
  const content = await registry.metadata.images.content(repositoryId, digest)
  if (image === undefined || content === undefined) return undefined
  const manifest = readManifest(content, image.mediaType)
  return manifest.kind === 'image' ? recallInventory(registry, manifest) : undefined
}

/** What an earlier version of Berth has read of a layer is not all that this one reads; of what another scanner reads nothing is known here. */
async function readAgain(registry: Registry, { repository, repositoryId, digest }: EndedScan): Promise<void> {
  const images = { repository: { ...repository, id: repositoryId }, digests: [digest] }
  await askForScans(registry, images, 'ENHANCED')
}

function isOther({ scan }: EndedScan, { end }: Judgement): boolean {
  return (
    scan.fingerprint !== end.fingerprint || scan.status !== end.status || scan.description !== end.description
  )
}

interface Judged {
  readonly ended: EndedScan
  readonly judgement: Judgement
}

/** Puts what is found now in the place of what was found before, of some images at once. */
async function renewSome(registry: Registry, changed: readonly Judged[]): Promise<void> {
  const completedAt = registry.now()
  const renewals = await Promise.all(changed.map((each) => renewalOf(registry, each, completedAt)))
  await registry.metadata.write(async (tx) => {
    for (const { ended, end, before, findings } of renewals) {
      const isLatest = await tx.scans.renew(ended, ended.scan.run, { ...end, completedAt }, findings)
      if (!isLatest) continue
      const { added, removed } = compareFindings(before, findings)
      await tellFindings(tx, registry, ended.repository, ended, { added, gone: removed })
    }
  })
}

/** What was known before is known since then. */
async function renewalOf(
  { metadata }: Registry,
  { ended, judgement: { end, vulnerabilities } }: Judged,
  completedAt: Date,
) {
  const before = await metadata.scans.findings(ended, ended.scan.run, { from: 0, limit: allFindings })
  const since = new Map(before.map((finding) => [findingKey(finding), finding.firstObservedAt]))
  const findings = vulnerabilities.map(
    (one): Finding => ({ ...one, firstObservedAt: since.get(findingKey(one)) ?? completedAt.getTime() }),
  )
  return { ended, end, before, findings }
}

async function confirm(registry: Registry, judged: readonly Judged[]): Promise<void> {
  const byTime = Map.groupBy(judged, ({ judgement }) => judgement.end.sourceUpdatedAt?.getTime())
  if (byTime.size === 0) return
  await registry.metadata.write(async (tx) => {
    for (const [time, same] of byTime) {
      if (time !== undefined)
        await tx.scans.confirm(
          same.map(({ ended }) => ended),
          new Date(time),
        )
    }
  })
}
