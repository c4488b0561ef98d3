import { compareFindings } from '../../core/scanning/compare-findings.ts'
import { type Finding, findingKey } from '../../core/scanning/finding.ts'
import type { MetadataTransaction } from '../../stores/metadata/metadata-store.ts'
import { tellFindings } from '../findings/tell-findings.ts'
import type { Registry } from '../registry.ts'
import type { JudgedImage } from './judge-stored-images.ts'

/** More findings than an image has. */
const allFindings = 1_000_000

/** Keeps what is found now of images where it differs from what was found before, and tells of it. Resolves to how many that are. */
export async function renewFindings(registry: Registry, judged: readonly JudgedImage[]): Promise<number> {
  if (judged.length === 0) return 0
  const changed = judged.filter(isOther)
  const same = judged.filter((each) => !changed.includes(each))
  const completedAt = registry.now()
  const renewals = await Promise.all(changed.map((each) => renewalOf(registry, each, completedAt)))
  await registry.metadata.write(async (tx) => {
    const renewed = await tx.scans.renew(renewals)
    const changes = renewed.map(({ repository, image, before, findings }) => {
      const { added, removed } = compareFindings(before, findings)
      return { repository, image, added, gone: removed }
    })
    await tellFindings(tx, registry, changes)
    await confirm(tx, same)
  })
  return changed.length
}

function isOther({ ended: { scan }, judgement: { end } }: JudgedImage): boolean {
  return (
    scan.fingerprint !== end.fingerprint || scan.status !== end.status || scan.description !== end.description
  )
}

/** What was known before is known since then. */
async function renewalOf(
  { metadata }: Registry,
  { ended, judgement: { end, vulnerabilities } }: JudgedImage,
  completedAt: Date,
) {
  const { repository, repositoryId, digest, scan } = ended
  const before = await metadata.scans.findings(ended, scan.run, { from: 0, limit: allFindings })
  const since = new Map(before.map((finding) => [findingKey(finding), finding.firstObservedAt]))
  const findings = vulnerabilities.map(
    (one): Finding => ({ ...one, firstObservedAt: since.get(findingKey(one)) ?? completedAt.getTime() }),
  )
  const image = { repositoryId, digest }
  return { repository, image, run: scan.run, end: { ...end, completedAt }, before, findings }
}

async function confirm(tx: MetadataTransaction, judged: readonly JudgedImage[]): Promise<void> {
  const byTime = Map.groupBy(judged, ({ judgement }) => judgement.end.sourceUpdatedAt?.getTime())
  for (const [time, same] of byTime) {
    const images = same.map(({ ended }) => ended)
    if (time !== undefined) await tx.scans.confirm(images, new Date(time))
  }
}
