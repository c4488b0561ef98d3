/** Where a database is kept, as far as that tells it from its copies. Times are milliseconds since 1970. */
export interface DatabasePlace {
  /** The same for as long as it stays there; another for what was copied file by file or row by row. */
  readonly id: string
  /** Never the same for two databases that are in use at once; another after a restart of what keeps them. Undefined where nothing tells. */
  readonly run: string | undefined
  /** When something began to be kept there; undefined where nothing tells. */
  readonly bornAt: number | undefined
  /** When its first table was made, there or where it was copied from. */
  readonly madeAt: number
}

/** By which a Berth knows its own on an engine. Of several that a database has, the last counts. */
export interface EngineClaim {
  /** On all of it; undefined for the one that follows from the keys of the data folder, as it did before there were claims. */
  readonly mark: string | undefined
  /** On what was made since this claim, so that others with the same mark who lack it can tell that they aren't alone. */
  readonly token: string
  /** Where the database was; undefined for one that is to be taken up wherever it is. */
  readonly place: Pick<DatabasePlace, 'id' | 'run'> | undefined
}

/**
 * How a database stands to the last of its claims: `new` has none; `here` is certainly where it was; `back` is there as far as can be told,
 * but a clone of its whole disk would look the same; `elsewhere` was copied or moved; `summoned` is to take it up by its operator's word.
 */
export type Standing = 'new' | 'here' | 'back' | 'elsewhere' | 'summoned'

/** Clocks that were put right may have run so far ahead, in milliseconds. */
const clockSlack = 60_000

/** @param begun when the tasks that it knows were begun, in milliseconds since 1970 */
export function standingOf(
  last: EngineClaim | undefined,
  here: DatabasePlace,
  begun: readonly number[],
): Standing {
  if (last === undefined) return 'new'
  const { mark, place } = last
  if (mark === undefined) return isCopyByAge(here, begun) ? 'elsewhere' : 'back'
  if (place === undefined) return 'summoned'
  if (place.id !== here.id) return 'elsewhere'
  return place.run !== undefined && place.run === here.run ? 'here' : 'back'
}

/** Of a database that tells nothing of where it was: it is older than its place, where nothing has been done with it yet. */
function isCopyByAge({ bornAt, madeAt }: DatabasePlace, begun: readonly number[]): boolean {
  if (bornAt === undefined || bornAt <= madeAt + clockSlack) return false
  return !begun.some((at) => at >= bornAt)
}
