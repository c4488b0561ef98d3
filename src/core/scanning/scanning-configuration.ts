import { matchesWildcard } from '../repositories/wildcard.ts'

/** `BASIC` looks at a distribution's packages once, `ENHANCED` at those of languages too, and again when more is known. */
export type ScanType = 'BASIC' | 'ENHANCED'

export type ScanFrequency = 'SCAN_ON_PUSH' | 'CONTINUOUS_SCAN' | 'MANUAL'

/** How often the repositories are scanned whose names fit any of the filters. */
export interface ScanningRule {
  readonly frequency: Exclude<ScanFrequency, 'MANUAL'>
  readonly filters: readonly string[]
}

/** How a registry's images are scanned. */
export interface ScanningConfiguration {
  readonly type: ScanType
  readonly rules: readonly ScanningRule[]
}

/** Of a registry that was never told. */
export const defaultScanning: ScanningConfiguration = { type: 'BASIC', rules: [] }

/** How a repository's images are scanned, and the filters that say so. */
export interface RepositoryScanning {
  readonly type: ScanType
  readonly frequency: ScanFrequency
  readonly filters: readonly string[]
}

/**
 * What holds for one repository: continuous scanning before scanning on push. A repository's own flag counts in basic scanning
 * alone, and under enhanced scanning no repository is scanned that no filter fits.
 *
 * @see Amazon ECR user guide, "Filters to choose which repositories are scanned"
 */
export function scanningOf(
  { type, rules }: ScanningConfiguration,
  { name, scanOnPush }: { readonly name: string; readonly scanOnPush: boolean },
): RepositoryScanning {
  for (const frequency of ['CONTINUOUS_SCAN', 'SCAN_ON_PUSH'] as const) {
    const all = rules.filter((rule) => rule.frequency === frequency).flatMap((rule) => rule.filters)
    const filters = all.filter((filter) => fitsFilter(filter, name))
    if (filters.length > 0) return { type, frequency, filters }
  }
  return { type, frequency: type === 'BASIC' && scanOnPush ? 'SCAN_ON_PUSH' : 'MANUAL', filters: [] }
}

/** With a `*` the whole name must fit, without one the filter may stand anywhere in it. */
function fitsFilter(filter: string, name: string): boolean {
  return filter.includes('*') ? matchesWildcard(filter, name) : name.includes(filter)
}
