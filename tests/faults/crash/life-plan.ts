import type { SeededRandom } from '../../support/seeded-random.ts'
import { deeds, type Fault } from './fault.ts'

/** What befalls one server, from its start to its death. */
export interface LifePlan {
  readonly fault: Fault | undefined
  readonly fullDisk: FullDisk | undefined
  /** The so-manieth sync of the database's log fails, and what could not be kept is forgotten. */
  readonly lostSync: number | undefined
  /** Whether the power goes with the server: the database is then what its disk had kept. */
  readonly cutsPower: boolean
  /** When its clients have begun so many changes it is killed from outside, unless it has come to its fault before. */
  readonly changes: number
  /** That kill comes so many milliseconds late. */
  readonly milliseconds: number
  /** Whether garbage is collected without a pause. */
  readonly collects: boolean
}

/** Something else takes the space of the disk. */
export interface FullDisk {
  /** When clients have begun so many changes. */
  readonly afterChanges: number
  /** Bytes that it leaves. */
  readonly free: number
  /** After so many refusals the space returns; the kill may be sooner. */
  readonly refusals: number
}

/** A server that has not come to its fault by then is killed from outside. */
const changesAtMost = 30
/** One life in so many is spent on a full disk, where there is a disk to be filled. */
const fullDiskEvery = 6

/** What can befall a disk here. */
export interface DiskPowers {
  readonly canBeFilled: boolean
  /** Where the database is a file whose syncs can be made to fail. */
  readonly canForget: boolean
}

/** @param number of the life, from 0 */
export function planLife(random: SeededRandom, number: number, disk: DiskPowers): LifePlan {
  const cutsPower = disk.canForget && random.below(2) === 0
  const rest = {
    milliseconds: random.below(40),
    collects: random.below(2) === 0,
    lostSync: undefined,
    cutsPower,
  }
  if (disk.canBeFilled && number % fullDiskEvery === fullDiskEvery - 1) {
    const fault = random.below(2) === 0 ? undefined : anyKill(random)
    return { ...rest, fault, fullDisk: anyFullDisk(random, fault), changes: changesAtMost }
  }
  if (disk.canForget && random.below(12) === 0) {
    const lostSync = 1 + random.below(30)
    return { ...rest, fault: undefined, fullDisk: undefined, lostSync, changes: changesAtMost }
  }
  const fault = random.below(4) === 0 ? undefined : anyFault(random)
  return { ...rest, fault, fullDisk: undefined, changes: fault ? changesAtMost : random.below(20) }
}

/** Full from the beginning where the server may die of itself, so that it doesn't die before. */
function anyFullDisk(random: SeededRandom, fault: Fault | undefined): FullDisk {
  return {
    afterChanges: fault ? 0 : random.below(10),
    free: random.pick([0, random.below(50_000), random.below(500_000)]),
    refusals: random.pick([1, 5, Number.POSITIVE_INFINITY]),
  }
}

function anyFault(random: SeededRandom): Fault {
  if (random.below(6) > 0) return anyKill(random)
  const deed = random.pick(['sync', 'folder sync', 'rename'] as const)
  return { kind: 'fail', deed, passage: 1 + random.below(8) }
}

function anyKill(random: SeededRandom): Fault {
  const [deed, when] = [random.pick(deeds), random.pick(['before', 'after'] as const)]
  return { kind: 'kill', when, deed, passage: 1 + random.below(12) }
}
