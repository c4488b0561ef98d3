import type { Advisory } from '../../core/scanning/advisory.ts'
import { InvalidAdvisoryError, readAdvisory, type ScoreVector } from '../../core/scanning/read-advisory.ts'
import { rescanDelay, rescanJob } from '../../core/scanning/scan-jobs.ts'
import type { AdvisoryFeed } from '../../stores/metadata/advisories.ts'
import type { Registry } from '../registry.ts'

/** What became of the records of an import. */
export interface ImportTally {
  /** New, or in the place of an earlier version. */
  readonly changed: number
  /** Here already. */
  readonly unchanged: number
  /** Withdrawn, or about nothing that is a vulnerability: if it was here, it is gone. */
  readonly ignored: number
  readonly invalid: readonly InvalidRecord[]
}

export interface InvalidRecord {
  /** Its place among the records, from 0. */
  readonly index: number
  readonly reason: string
}

/**
 * Puts OSV records where scans find them, and has images looked at again that are scanned continuously. What is no record is told
 * and passed over.
 *
 * @param records some thousand at the most: it is one transaction
 */
export async function importAdvisories(
  registry: Pick<Registry, 'metadata' | 'now'>,
  records: readonly unknown[],
): Promise<ImportTally> {
  // Loaded when it is needed: few processes ever import.
  const { scoreVector } = await import('./score-vector.ts')
  const { advisories, ignored, invalid } = readRecords(records, scoreVector)
  const known = await registry.metadata.advisories.modified(advisories.map(({ id }) => id))
  const changed = advisories.filter(({ id, modified }) => known.get(id)?.getTime() !== modified.getTime())
  const at = registry.now()
  await registry.metadata.write(async (tx) => {
    await tx.advisories.put(changed)
    await tx.advisories.delete(ignored)
    await tx.advisories.noteFeeds(feedsOf(advisories, at))
    if (changed.length + ignored.length > 0)
      await tx.jobs.add(rescanJob, new Date(at.getTime() + rescanDelay))
  })
  const unchanged = advisories.length - changed.length
  return { changed: changed.length, unchanged, ignored: ignored.length, invalid }
}

function readRecords(records: readonly unknown[], score: ScoreVector) {
  const advisories = new Map<string, Advisory>()
  const ignored: string[] = []
  const invalid: InvalidRecord[] = []
  for (const [index, record] of records.entries()) {
    try {
      const advisory = readAdvisory(record, score)
      if (advisory === undefined) ignored.push(idOf(record))
      else advisories.set(advisory.id, advisory)
    } catch (error) {
      if (!(error instanceof InvalidAdvisoryError)) throw error
      invalid.push({ index, reason: error.message })
    }
  }
  return { advisories: [...advisories.values()], ignored, invalid }
}

function idOf(record: unknown): string {
  return typeof record === 'object' && record !== null && 'id' in record ? String(record.id) : ''
}

function feedsOf(advisories: readonly Advisory[], updatedAt: Date): AdvisoryFeed[] {
  const newest = new Map<string, Date>()
  for (const { affected, modified } of advisories) {
    for (const { ecosystem } of affected) {
      const before = newest.get(ecosystem)
      if (before === undefined || before < modified) newest.set(ecosystem, modified)
    }
  }
  return Array.from(newest, ([ecosystem, newestAt]) => ({ ecosystem, updatedAt, newestAt }))
}
