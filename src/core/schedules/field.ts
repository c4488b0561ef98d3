/** What a field of a cron expression counts. */
export interface FieldRange {
  readonly first: number
  readonly last: number
  /** Words for the values, from the first on. */
  readonly names?: readonly string[]
}

/** The values that a field names by numbers, names, ranges, steps and lists of them; undefined when it is malformed. */
export function parseField(text: string, range: FieldRange): Set<number> | undefined {
  const values = new Set<number>()
  for (const part of text.split(',')) {
    const some = parsePart(part, range)
    if (some === undefined) return undefined
    for (const value of some) values.add(value)
  }
  return values
}

function parsePart(part: string, range: FieldRange): number[] | undefined {
  const [bounds = '', stepText, ...more] = part.split('/')
  const step = stepText === undefined ? 1 : parseNumber(stepText)
  if (step === undefined || step < 1 || more.length > 0) return undefined
  const [from, to] = parseBounds(bounds, range, stepText !== undefined)
  if (from === undefined || to === undefined) return undefined
  return steps(from, to, step, range)
}

/** `*`, `5`, `5-9`; with a step `5` means from there to the end. */
function parseBounds(
  bounds: string,
  range: FieldRange,
  hasStep: boolean,
): readonly [number | undefined, number | undefined] {
  if (bounds === '*') return [range.first, range.last]
  const [fromText = '', toText, ...more] = bounds.split('-')
  if (more.length > 0) return [undefined, undefined]
  const from = parseValue(fromText, range)
  if (toText === undefined) return [from, hasStep ? range.last : from]
  return [from, parseValue(toText, range)]
}

/** A range whose end lies before its beginning goes on at the first value. */
function steps(from: number, to: number, step: number, { first, last }: FieldRange): number[] {
  const size = last - first + 1
  const length = to >= from ? to - from : to - from + size
  const values: number[] = []
  for (let at = 0; at <= length; at += step) values.push(first + ((from - first + at) % size))
  return values
}

/** A value of the field, by its number or its name. */
export function parseValue(text: string, { first, last, names = [] }: FieldRange): number | undefined {
  const named = names.indexOf(text.toUpperCase())
  const value = named === -1 ? parseNumber(text) : first + named
  return value !== undefined && value >= first && value <= last ? value : undefined
}

function parseNumber(text: string): number | undefined {
  return /^\d{1,4}$/.test(text) ? Number(text) : undefined
}
