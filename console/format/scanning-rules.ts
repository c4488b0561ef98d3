import type { RegistryScanningRule, ScanFrequency, ScanType } from '@aws-sdk/client-ecr'
import { readNames } from './name-list.ts'

/** A rule as the form shows it. */
export interface ScanningRow {
  readonly frequency: ScanFrequency
  /** Patterns of repositories' names, with commas between them. */
  readonly patterns: string
}

/** When a kind of scanning scans those of a rule; all others by hand. @see Amazon ECR API reference, RegistryScanningRule */
export const frequencies: Readonly<Record<ScanType, readonly ScanFrequency[]>> = {
  BASIC: ['SCAN_ON_PUSH'],
  ENHANCED: ['SCAN_ON_PUSH', 'CONTINUOUS_SCAN'],
}

export function rowsOfScanning(rules: readonly RegistryScanningRule[]): ScanningRow[] {
  return rules.map(({ scanFrequency: frequency = 'SCAN_ON_PUSH', repositoryFilters = [] }) => ({
    frequency,
    patterns: repositoryFilters.map(({ filter }) => filter).join(', '),
  }))
}

/** The rules that rows stand for. A row without a pattern is about every repository. */
export function scanningOfRows(rows: readonly ScanningRow[]): RegistryScanningRule[] {
  return rows.map(({ frequency: scanFrequency, patterns }) => {
    const names = readNames(patterns)
    const repositoryFilters = (names.length === 0 ? ['*'] : names).map((filter) => ({
      filter,
      filterType: 'WILDCARD' as const,
    }))
    return { scanFrequency, repositoryFilters }
  })
}
