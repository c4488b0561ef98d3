import { pairedRatios, type Summary, summarise } from './statistics.ts'

/** Of the first two more is better, of the others less. */
export type Unit = 'requests/s' | 'MiB/s' | 'MiB' | 'ms' | 'µs'

/** What Berth must reach: so many times its peer, or no more than a limit in the result's own unit. */
export type Goal = { readonly timesPeer: number } | { readonly atMost: number }

/** One line of the table: a number per round for Berth and, where there is one to compare with, for its peer. */
export interface Result {
  readonly what: string
  readonly unit: Unit
  readonly berth: readonly number[]
  /** No samples: that peer isn't installed here. */
  readonly peer?: { readonly name: string; readonly samples: readonly number[] }
  readonly goal?: Goal
  /** The most memory either server held while this was measured, in MiB. */
  readonly peakMemory?: { readonly berth: number; readonly peer?: number | undefined }
  readonly notes: readonly string[]
}

/** How many times better than its peer Berth is, or undefined without a peer to measure. */
export function timesPeer(result: Result): Summary | undefined {
  if (result.peer === undefined || result.peer.samples.length === 0) return undefined
  const { berth, peer } = result
  return summarise(
    moreIsBetter(result.unit) ? pairedRatios(berth, peer.samples) : pairedRatios(peer.samples, berth),
  )
}

/** Whether the median reaches the goal; undefined without a goal, or without the peer that it names. */
export function reachesGoal(result: Result): boolean | undefined {
  if (result.goal === undefined) return undefined
  if ('atMost' in result.goal) return summarise(result.berth).median <= result.goal.atMost
  const times = timesPeer(result)
  return times === undefined ? undefined : times.median >= result.goal.timesPeer
}

function moreIsBetter(unit: Unit): boolean {
  return unit === 'requests/s' || unit === 'MiB/s'
}
