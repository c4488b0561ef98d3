import type { ScanType } from '../../core/scanning/scanning-configuration.ts'
import { countSeverities } from '../../core/scanning/severity.ts'
import type { TrivyReport } from '../../core/scanning/trivy/read-trivy-report.ts'
import type { Registry } from '../registry.ts'
import { fingerprintOf, type Judgement, succeeded, unsupportedJudgement } from './judge-image.ts'

/** What another scanner has reported, and how new its database is. */
export interface DatedReport extends TrivyReport {
  readonly sourceUpdatedAt: Date | undefined
}

/** Makes of another scanner's report what scans keep, and keeps its words where findings look for them. */
export async function judgeReport(
  { metadata }: Pick<Registry, 'metadata'>,
  type: ScanType,
  report: DatedReport | undefined,
): Promise<Judgement> {
  if (!report?.isSupported) return unsupportedJudgement(type)
  const { vulnerabilities, words, sourceUpdatedAt } = report
  const known = await metadata.advisories.modified(words.map(({ id }) => id))
  const fresh = words.filter(({ id, modified }) => known.get(id)?.getTime() !== modified.getTime())
  if (fresh.length > 0) await metadata.write((tx) => tx.advisories.put(fresh))
  return {
    end: {
      status: type === 'BASIC' ? 'COMPLETE' : 'ACTIVE',
      description: succeeded[type],
      sourceUpdatedAt,
      severityCounts: countSeverities(vulnerabilities),
      fingerprint: fingerprintOf(vulnerabilities),
    },
    vulnerabilities,
  }
}
