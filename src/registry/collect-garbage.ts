import { emptyTrash } from './garbage/empty-trash.ts'
import { expireHistory } from './garbage/expire-history.ts'
import { expireUploads } from './garbage/expire-uploads.ts'
import { markUnneededBlobs } from './garbage/mark-unneeded-blobs.ts'
import { removeMarkedBlobs } from './garbage/remove-marked-blobs.ts'
import { removeUnneededLinks } from './garbage/remove-unneeded-links.ts'
import { markStrayBlobs } from './garbage/stray-blobs.ts'
import { removeStrayUploads } from './garbage/stray-uploads.ts'
import type { GarbageTally, Sweep } from './garbage/sweep.ts'
import type { Registry } from './registry.ts'

type GarbageStep = (sweep: Sweep) => Promise<void>

/** The steps of a cycle, in an order in which one cycle removes all that may go by its beginning. */
const steps: ReadonlyMap<string, GarbageStep> = new Map([
  ['expiring uploads', expireUploads],
  ['forgetting what was deleted', expireHistory],
  ['emptying the trash', emptyTrash],
  ['looking through repositories', removeUnneededLinks],
  ['looking through blobs', markUnneededBlobs],
  ['looking for stray blobs', markStrayBlobs],
  ['removing blobs', removeMarkedBlobs],
  ['looking for stray uploads', removeStrayUploads],
])

/** How far a cycle is. */
export interface GarbageProgress extends Readonly<GarbageTally> {
  /** What it does now, in words. */
  readonly step: string
  /** Steps behind it, and in all. */
  readonly stepsDone: number
  readonly steps: number
}

export interface GarbageCollection {
  readonly signal?: AbortSignal | undefined
  /** Waits between two stretches of work, so that requests have their turn. */
  readonly rest: () => Promise<unknown>
  readonly tell?: ((progress: GarbageProgress) => void) | undefined
  /** Hears of a blob that can't be removed; it stays for the next cycle. */
  readonly onFailure: (error: unknown, facts: object) => void
}

/**
 * Removes what nothing has needed for the grace period: blobs of repositories where no image needs them, blobs of no repository,
 * uploads that nobody goes on with, and bytes that a crash has left. Reads and writes go on meanwhile. Any number of
 * processes may do it at once, and each may be killed at any moment.
 *
 * @throws the signal's reason
 */
export async function collectGarbage(
  registry: Registry,
  { signal, rest, tell, onFailure }: GarbageCollection,
): Promise<GarbageTally> {
  const tally: GarbageTally = { uploads: 0, links: 0, blobs: 0, bytes: 0, failures: 0 }
  const before = garbageBefore(registry)
  for (const [stepsDone, [step, run]] of [...steps].entries()) {
    const tellStep = () => tell?.({ ...tally, step, stepsDone, steps: steps.size })
    const restBetween = async () => {
      signal?.throwIfAborted()
      tellStep()
      await rest()
    }
    tellStep()
    await run({ registry, before, tally, rest: restBetween, onFailure })
  }
  tell?.({ ...tally, step: 'done', stepsDone: steps.size, steps: steps.size })
  return tally
}

/** What was last needed before this may go. */
export function garbageBefore({ now, garbage }: Registry): Date {
  return new Date(now().getTime() - garbage.grace)
}

const counts = ['stepsDone', 'steps', 'uploads', 'links', 'blobs', 'bytes', 'failures']

/** Whether what a job has told of itself, as it comes from the store, is the progress of a cycle. */
export function isGarbageProgress(told: unknown): told is GarbageProgress {
  if (typeof told !== 'object' || told === null || !('step' in told)) return false
  const members = new Map<string, unknown>(Object.entries(told))
  return typeof told.step === 'string' && counts.every((name) => typeof members.get(name) === 'number')
}
