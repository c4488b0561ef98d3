import type { Digest } from '../../core/names/digest.ts'
import type { Repository } from '../../core/repositories/repository.ts'
import { type Acceptances, countsWithout } from '../../core/scanning/acceptance.ts'
import type { ImageScan } from '../../core/scanning/image-scan.ts'
import type { FindingMark } from '../../stores/metadata/scans.ts'
import type { Registry } from '../registry.ts'
import { findAcceptances } from './find-acceptances.ts'

/** The same scans of images of one repository, whose counts leave out what is accepted. While nothing is, it asks nothing. */
export async function leaveOutAccepted(
  registry: Registry,
  repository: Repository,
  scans: readonly ImageScan[],
): Promise<readonly ImageScan[]> {
  const acceptances = await findAcceptances(registry, repository)
  const found = scans.filter(({ severityCounts }) => Object.keys(severityCounts).length > 0)
  if (acceptances.names.length === 0 || found.length === 0) return scans
  const accepted = await acceptedOf(registry, repository, found, acceptances)
  return scans.map((scan) => ({
    ...scan,
    severityCounts: countsWithout(scan.severityCounts, accepted.get(scan.digest) ?? []),
  }))
}

async function acceptedOf(
  { metadata, now }: Registry,
  { id, name }: Repository,
  scans: readonly ImageScan[],
  acceptances: Acceptances,
): Promise<ReadonlyMap<Digest, readonly FindingMark[]>> {
  const digests = scans.map(({ digest }) => digest)
  const marks = await metadata.scans.marks(id, digests, acceptances.names)
  const at = now()
  const accepted = marks.filter(({ digest, ...mark }) =>
    acceptances.of(mark, { repository: name, digest }, at),
  )
  return Map.groupBy(accepted, ({ digest }) => digest)
}
