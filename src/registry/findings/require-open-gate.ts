import type { Digest } from '../../core/names/digest.ts'
import type { Repository } from '../../core/repositories/repository.ts'
import { PullRefusedByGateError } from '../../core/scanning/errors.ts'
import type { Finding } from '../../core/scanning/finding.ts'
import { type ImageScan, isScannable } from '../../core/scanning/image-scan.ts'
import {
  hasStopped,
  isExempt,
  isStopped,
  type PullGate,
  tellsFindings,
} from '../../core/scanning/pull-gate.ts'
import type { Registry } from '../registry.ts'
import { findAcceptances } from './find-acceptances.ts'

/** Findings read at once, worst first. */
const atOnce = 500

/**
 * Lets an image pass that may be pulled. An index passes: its images are asked for one by one. So does whatever is no container image,
 * such as a signature, and whatever somebody pulls whom the gate exempts. Where a repository has no gate, that is known without asking.
 *
 * @throws PullRefusedByGateError
 */
export function requireOpenGate(
  registry: Registry,
  repository: Pick<Repository, 'id' | 'account' | 'region' | 'name'>,
  digest: Digest,
  by: string | undefined,
): Promise<void> | undefined {
  const known = registry.findingRules.gates.get(repository.id)
  if (known !== undefined && known.gate === undefined) return undefined
  return requirePassing(registry, repository, digest, by)
}

async function requirePassing(
  registry: Registry,
  repository: Pick<Repository, 'id' | 'account' | 'region' | 'name'>,
  digest: Digest,
  by: string | undefined,
): Promise<void> {
  const { metadata } = registry
  const gate = await findPullGate(registry, repository.id)
  if (gate !== undefined && by !== undefined && isExempt(gate, by)) return
  const image = gate && (await metadata.images.find(repository.id, digest))
  if (gate === undefined || image === undefined || !isScannable(image)) return
  const scan = await metadata.scans.find(repository.id, digest)
  if (scan === undefined || !tellsFindings(scan.status)) {
    if (gate.unscanned === 'ALLOW') return
    throw new PullRefusedByGateError(repository, digest, {
      unscanned: scan?.description || 'it was not scanned yet',
    })
  }
  const stopped = await findStopped(registry, repository, scan, gate)
  if (stopped.length > 0)
    throw new PullRefusedByGateError(repository, digest, { severity: gate.severity, stopped })
}

/** The gate of a repository, as it was within the caches' lifetime; undefined where it has none. */
export async function findPullGate(
  { metadata, findingRules }: Registry,
  repositoryId: number,
): Promise<PullGate | undefined> {
  const read = async () => ({ gate: await metadata.pullGates.of(repositoryId) })
  return (findingRules.gates.get(repositoryId) ?? (await findingRules.gates.load(repositoryId, read))).gate
}

async function findStopped(
  registry: Registry,
  repository: Pick<Repository, 'id' | 'account' | 'region' | 'name'>,
  { digest, run, severityCounts }: ImageScan,
  gate: PullGate,
): Promise<Finding[]> {
  if (!hasStopped(severityCounts, gate)) return []
  const acceptances = await findAcceptances(registry, repository)
  const at = registry.now()
  const place = { repositoryId: repository.id, digest }
  const stopped: Finding[] = []
  for (let from = 0; ; from += atOnce) {
    const page = await registry.metadata.scans.findings(place, run, { from, limit: atOnce })
    const severe = page.filter(({ severity }) => isStopped(severity, gate))
    const image = { repository: repository.name, digest }
    stopped.push(...severe.filter((finding) => acceptances.of(finding, image, at) === undefined))
    if (severe.length < atOnce) return stopped
  }
}
