import type { Deed } from './fault.ts'

/** What a run has been through. */
export interface CrashTally {
  readonly seed: string
  kills: number
  /** Kills by where the server was: at a random instant, or before or after a deed. */
  readonly killsAt: Record<string, number>
  /** Deeds that the disk refused, by deed. */
  readonly failuresOf: Partial<Record<Deed, number>>
  /** How often something else filled the disk, and how often its space returned before the kill. */
  readonly fullDisks: { filled: number; emptied: number }
  /** How often the database was left as its disk had kept it. */
  powerCuts: number
  /** Changes acknowledged, by kind. */
  readonly acknowledged: Record<string, number>
  /** Changes with a request on its way when the server died, and how many of them the next server showed as done. */
  readonly cutOff: { all: number; done: number }
  /** Changes that found no server to connect to any more. */
  unheard: number
  /** Changes that a server refused, by what was wrong with its disk and by kind. */
  readonly refused: Readonly<Record<'broken' | 'full', Record<string, number>>>
  imagesPulled: number
  /** How often all garbage was removed and the files were counted. */
  countings: number
}

export function emptyTally(seed: string): CrashTally {
  return {
    seed,
    kills: 0,
    killsAt: {},
    failuresOf: {},
    fullDisks: { filled: 0, emptied: 0 },
    powerCuts: 0,
    acknowledged: {},
    cutOff: { all: 0, done: 0 },
    unheard: 0,
    refused: { broken: {}, full: {} },
    imagesPulled: 0,
    countings: 0,
  }
}

/** Counts one more under a name. */
export function countOne<Name extends string>(counts: Partial<Record<Name, number>>, name: Name): void {
  counts[name] = (counts[name] ?? 0) + 1
}
