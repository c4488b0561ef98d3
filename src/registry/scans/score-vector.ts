import calculator from 'ae-cvss-calculator'
import type { CvssScore, CvssVersion } from '../../core/scanning/severity.ts'

const versions: readonly CvssVersion[] = ['4.0', '3.1', '3.0', '2.0']

/** What a CVSS vector comes to; undefined for one that lacks a base metric, and for what is no vector. */
export function scoreVector(vector: string): CvssScore | undefined {
  const parsed = calculator.fromVector(vector)
  const version = versions.find((each) => parsed?.getVectorName() === `CVSS:${each}`)
  if (!parsed?.isBaseFullyDefined() || version === undefined) return undefined
  return { version, vector, score: parsed.calculateScores().overall }
}
