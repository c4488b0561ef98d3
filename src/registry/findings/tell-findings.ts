import { inspectorFound } from '../../core/events/inspector-finding.ts'
import { defaultBus } from '../../core/events/rule.ts'
import type { RepositoryKey } from '../../core/names/registry-key.ts'
import type { Finding } from '../../core/scanning/finding.ts'
import type { MetadataTransaction } from '../../stores/metadata/metadata-store.ts'
import type { ScannedImage } from '../../stores/metadata/scans.ts'
import { emitEvents } from '../emit-events.ts'
import type { Registry } from '../registry.ts'
import { registryCacheKey } from '../rule-cache.ts'
import { enhancedFinding, type FindingPlace } from './enhanced-finding.ts'
import { findAcceptances } from './find-acceptances.ts'

/** What an enhanced scan has changed of an image's findings. */
export interface FindingChanges {
  readonly repository: RepositoryKey
  readonly image: ScannedImage
  readonly added: readonly Finding[]
  readonly gone: readonly Finding[]
}

/**
 * Tells of findings that are new and of those that are gone, as Amazon Inspector does: an event for each. There are hundreds of an image,
 * so nothing is told while no rule listens.
 */
export async function tellFindings(
  tx: MetadataTransaction,
  registry: Registry,
  changes: readonly FindingChanges[],
): Promise<void> {
  const some = changes.filter(({ added, gone }) => added.length + gone.length > 0)
  for (const ofRegistry of Map.groupBy(some, ({ repository }) => registryCacheKey(repository)).values()) {
    const [first] = ofRegistry
    if (first === undefined || !(await hasRules(tx, first.repository))) continue
    for (const change of ofRegistry) await tellChange(tx, registry, change)
  }
}

async function hasRules(tx: MetadataTransaction, { account, region }: RepositoryKey): Promise<boolean> {
  return (await tx.rules.enabled({ account, region, name: defaultBus })).length > 0
}

async function tellChange(
  tx: MetadataTransaction,
  registry: Registry,
  { repository: key, image: { repositoryId, digest }, added, gone }: FindingChanges,
): Promise<void> {
  const image = await tx.images.find(repositoryId, digest)
  if (image === undefined) return
  const tags = (await tx.tags.ofImages(repositoryId, [digest])).get(digest) ?? []
  const words = await tx.advisories.words(
    [...added, ...gone].flatMap(({ advisories }) => advisories.slice(0, 1)),
  )
  const wordsOf = new Map(words.map((each) => [each.id, each]))
  const acceptances = await findAcceptances(registry, key)
  const observedAt = registry.now()
  const use = await tx.imageUses.of({ ...key, id: repositoryId }, digest)
  const tell = (finding: Finding, status: FindingPlace['status']) => {
    const place = { repository: key, image, tags, observedAt, status, use, now: observedAt }
    return inspectorFound(key, enhancedFinding(finding, wordsOf.get(finding.advisories[0] ?? ''), place))
  }
  const statusOf = (finding: Finding) =>
    acceptances.of(finding, { repository: key.name, digest }, observedAt) ? 'SUPPRESSED' : 'ACTIVE'
  await emitEvents(tx, registry, [
    ...added.map((finding) => tell(finding, statusOf(finding))),
    ...gone.map((finding) => tell(finding, 'CLOSED')),
  ])
}
