import type { CrashTally } from './crash-tally.ts'

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
  const { cutOff, refused, fullDisks } = tally
  const lines = [
    `${tally.kills} kills in ${Math.round(seconds)} s on ${database}, seed ${tally.seed}: no promise was broken`,
    ...counted(tally.killsAt).map((line) => `  killed ${line}`),
    `Deeds that the disk refused: ${counted(tally.failuresOf).join(', ') || 'none'}`,
    `Times that the disk was full: ${fullDisks.filled}, and had room again before the kill: ${fullDisks.emptied}`,
    `Times that the power went with the server, and left of the database what its disk had kept: ${tally.powerCuts}`,
    `${sum(tally.acknowledged)} changes acknowledged, all found again:`,
    ...counted(tally.acknowledged).map((line) => `  ${line}`),
    `${cutOff.all} changes cut off by a kill: ${cutOff.done} had happened wholly, of the others nothing shows`,
    `${tally.unheard} changes found no server any more: nothing of them shows`,
    `${sum(refused.broken)} changes refused on a broken disk: nothing of them shows`,
    `${sum(refused.full)} changes refused on a full disk: nothing of them shows`,
    ...counted(refused.full).map((line) => `  ${line}`),
    `${tally.imagesPulled} images pulled and hashed`,
    `${tally.countings} times all garbage was removed: no byte too many, none too few`,
  ]
  return `${lines.join('\n')}\n`
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0)
}

function counted(counts: Readonly<Record<string, number>>): string[] {
  return Object.entries(counts)
    .toSorted(([one], [other]) => one.localeCompare(other))
    .map(([name, count]) => `${name}: ${count}`)
}
