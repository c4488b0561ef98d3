const first = 1_000
const longest = 5 * 60_000

/** How many milliseconds to wait after a job has failed for the `attempt`th time: a second, then twice as long each time, up to five minutes. */
export function retryDelay(attempt: number): number {
  return Math.min(longest, first * 2 ** Math.max(0, attempt - 1))
}
