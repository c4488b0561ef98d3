/**
 * Rows under their columns' names, as plain text: nothing is shortened and nothing drawn, so that a cell can be copied and a line cut
 * by other programs.
 *
 * @example
 * table(['REPOSITORY', 'IMAGES'], [['team/app', '12']])
 */
export function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  return align([columns, ...rows])
}

/** Names with their values, one a line. */
export function facts(pairs: readonly (readonly [name: string, value: string])[]): string {
  return align(pairs)
}

function align(lines: readonly (readonly string[])[]): string {
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map((cells) => cells[column]?.length ?? 0)),
  )
  return lines
    .map(
      (cells) =>
        `${cells
          .map((cell, i) => cell.padEnd(widths[i] ?? 0))
          .join('   ')
          .trimEnd()}\n`,
    )
    .join('')
}
