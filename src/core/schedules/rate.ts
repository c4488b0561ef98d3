const minute = 60_000
const units: ReadonlyMap<string, number> = new Map([
  ['minute', minute],
  ['hour', 60 * minute],
  ['day', 24 * 60 * minute],
])

/** Milliseconds of `rate(<number> <unit>)`: the unit is in the plural unless the number is 1. Undefined for any other text. */
export function parseRate(text: string): number | undefined {
  const [, digits = '', unit = '', plural = ''] =
    /^rate\(([1-9]\d{0,5}) (minute|hour|day)(s?)\)$/.exec(text) ?? []
  const length = units.get(unit)
  if (length === undefined || (digits === '1') !== (plural === '')) return undefined
  return Number(digits) * length
}
