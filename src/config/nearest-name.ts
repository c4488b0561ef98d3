/**
 * The known name most like the one given, for "did you mean"; undefined when less than half of it is alike.
 *
 * @example
 * nearestName('prot', ['port', 'host']) // 'port'
 */
export function nearestName(given: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((name) => ({ name, edits: editDistance(given.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits)
  const best = ranked[0]
  return best !== undefined && best.edits <= Math.max(given.length, best.name.length) / 2
    ? best.name
    : undefined
}

/** Letters to insert, delete, change or swap with their neighbour (optimal string alignment). */
export function editDistance(from: string, to: string): number {
  let beforeLast: readonly number[] = []
  let last: readonly number[] = Array.from({ length: to.length + 1 }, (_, column) => column)
  for (let row = 1; row <= from.length; row++) {
    const current = nextRow({ from, to, row, last, beforeLast })
    beforeLast = last
    last = current
  }
  return at(last, to.length)
}

interface Rows {
  readonly from: string
  readonly to: string
  readonly row: number
  readonly last: readonly number[]
  readonly beforeLast: readonly number[]
}

function nextRow({ from, to, row, last, beforeLast }: Rows): readonly number[] {
  const current = [row]
  for (let column = 1; column <= to.length; column++) {
    const changed = from[row - 1] === to[column - 1] ? 0 : 1
    const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]
    current.push(
      Math.min(
        at(last, column) + 1,
        at(current, column - 1) + 1,
        at(last, column - 1) + changed,
        swapped ? at(beforeLast, column - 2) + 1 : Number.POSITIVE_INFINITY,
      ),
    )
  }
  return current
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY
}
