import type { CrashTally } from './crash-run.ts'

/** One line that is written over on a terminal; elsewhere a line every fifty kills. */
export function progressLine({ kills, imagesPulled }: CrashTally, of: number, isTerminal: boolean): string {
  const line = `${kills} of ${of} kills, ${imagesPulled} images pulled and hashed`
  if (isTerminal) return `\r${line}${kills === of ? '\n' : ''}`
  return kills % 50 === 0 || kills === of ? `${line}\n` : ''
}

/** What a run has proved, for people. */
export function summaryOf(
  tally: CrashTally,
  { database, seconds }: { readonly database: string; readonly seconds: number },
): string {
  const acknowledged = Object.values(tally.acknowledged).reduce((sum, count) => sum + count, 0)
  const lines = [
    `${tally.kills} kills in ${Math.round(seconds)} s on ${database}, seed ${tally.seed}: no promise was broken`,
    ...counted(tally.killsAt).map((line) => `  killed ${line}`),
    `Deeds that the disk refused: ${counted(tally.failuresOf).join(', ') || 'none'}`,
    `${acknowledged} changes acknowledged, all found again:`,
    ...counted(tally.acknowledged).map((line) => `  ${line}`),
    `${tally.interrupted} changes cut off: each had happened wholly or not at all`,
    `${tally.refused} changes refused on a broken disk: no trace of them`,
    `${tally.imagesPulled} images pulled and hashed`,
    `${tally.countings} times all garbage was removed: no byte too many, none too few`,
  ]
  return `${lines.join('\n')}\n`
}

function counted(counts: Readonly<Record<string, number>>): string[] {
  return Object.entries(counts)
    .toSorted(([one], [other]) => one.localeCompare(other))
    .map(([name, count]) => `${name}: ${count}`)
}
