import type { Result } from '../result.ts'
import type { Surroundings } from './surroundings.ts'
import { notes, table } from './table.ts'

/** Everything one run of the benchmark found out. */
export interface Report {
  readonly surroundings: Surroundings
  readonly rounds: number
  readonly quick: boolean
  readonly results: readonly Result[]
  /** Rows that could not be measured, and why. */
  readonly failures: readonly { readonly row: string; readonly reason: string }[]
}

/** The report as Markdown, for a terminal and for docs/benchmarks.md alike. */
export function markdown({ surroundings, rounds, quick, results, failures }: Report): string {
  const { date, machine, software, loadBefore } = surroundings
  return [
    `${date}, ${machine}; load before the start ${loadBefore.toFixed(1)}.`,
    `${software}.`,
    `${rounds} round${rounds === 1 ? '' : 's'}, in turns${quick ? '; quick: not to be quoted' : ''}.`,
    '',
    table(results),
    '',
    ...notes(results).map((note) => `- ${note}`),
    ...failures.map(({ row, reason }) => `- row ${row} could not be measured: ${reason}`),
  ].join('\n')
}
