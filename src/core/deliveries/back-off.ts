const first = 1_000
const longest = 15 * 60 * 1000

/**
 * How many milliseconds to wait after the `attempt`th try: a second, then twice as long each time up to a quarter of an hour, half
 * more or less by chance, so that what failed together doesn't come back together.
 *
 * @param random at least 0, less than 1
 */
export function backOff(attempt: number, random: number): number {
  const middle = Math.min(longest, first * 2 ** Math.max(0, attempt - 1))
  return Math.round(middle * (0.5 + random))
}
