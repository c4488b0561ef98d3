const milliseconds: ReadonlyMap<string, number> = new Map([
  ['s', 1_000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
])
const pattern = /^(?<count>[1-9][0-9]{0,5})(?<unit>[smhd])$/

/** A whole number of seconds, minutes, hours or days: `90s`, `30m`, `24h`, `7d`. */
export function isDuration(text: string): boolean {
  return pattern.test(text)
}

/** What a duration is in milliseconds. @throws RangeError when it is none */
export function durationMs(text: string): number {
  const { count, unit } = pattern.exec(text)?.groups ?? {}
  const each = milliseconds.get(unit ?? '')
  if (each === undefined) throw new RangeError(`Not a duration: ${text}`)
  return Number(count) * each
}
