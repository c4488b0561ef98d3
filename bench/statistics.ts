/** The middle of what was measured, and how far the rounds lie apart. */
export interface Summary {
  readonly median: number
  readonly min: number
  readonly max: number
}

/** @throws RangeError when there are no samples */
export function summarise(samples: readonly number[]): Summary {
  if (samples.length === 0) throw new RangeError('There is nothing to summarise')
  return { median: median(samples), min: Math.min(...samples), max: Math.max(...samples) }
}

function median(samples: readonly number[]): number {
  const sorted = samples.toSorted((a, b) => a - b)
  const upper = sorted.at(Math.floor(sorted.length / 2)) ?? Number.NaN
  const lower = sorted.at(Math.floor((sorted.length - 1) / 2)) ?? Number.NaN
  return (lower + upper) / 2
}

/**
 * Round by round, `first` divided by `second`: what disturbs the machine for a while disturbs both sides of a round,
 * so these quotients lie closer together than the samples do.
 *
 * @throws RangeError when the rounds don't pair up
 */
export function pairedRatios(first: readonly number[], second: readonly number[]): number[] {
  if (first.length !== second.length) throw new RangeError('Every round needs a sample of both sides')
  return first.map((sample, round) => sample / (second[round] ?? Number.NaN))
}
