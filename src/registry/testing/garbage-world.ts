import { setImmediate as turnOfOthers } from 'node:timers/promises'
import type { Digest } from '../../core/names/digest.ts'
import { collectGarbage, type GarbageProgress } from '../collect-garbage.ts'
import type { GarbageTally } from '../garbage/sweep.ts'
import { type GarbageReport, reportGarbage } from '../report-garbage.ts'
import { openTestRegistry, type TestRegistry } from './test-registry.ts'

export const hour = 60 * 60 * 1000
export const day = 24 * hour

/** A registry on real stores whose garbage is collected when the test says so. Its clock starts now, since files have real ages. */
export interface GarbageWorld extends TestRegistry {
  /** What a cycle could not remove. */
  readonly failures: unknown[]
  collect(options?: {
    readonly tell?: (progress: GarbageProgress) => void
    readonly signal?: AbortSignal
  }): Promise<GarbageTally>
  report(): Promise<GarbageReport>
  /** All digests that have bytes. */
  stored(): Promise<Digest[]>
  /** The ids of all uploads that have bytes. */
  storedUploads(): Promise<string[]>
}

export async function openGarbageWorld(
  options: Parameters<typeof openTestRegistry>[0] = {},
): Promise<GarbageWorld> {
  const world = await openTestRegistry({ startAt: new Date(), ...options })
  const { registry } = world
  const failures: unknown[] = []
  return {
    ...world,
    failures,
    collect: (how = {}) =>
      collectGarbage(registry, {
        ...how,
        rest: () => turnOfOthers(),
        onFailure: (error) => failures.push(error),
      }),
    report: () => reportGarbage(registry, { rest: () => turnOfOthers() }),
    stored: () => allOf(registry.blobs.list()),
    storedUploads: () => allOf(registry.blobs.uploads.list()),
  }
}

async function allOf<Item>(portions: AsyncIterable<readonly Item[]>): Promise<Item[]> {
  const items: Item[] = []
  for await (const portion of portions) items.push(...portion)
  return items.toSorted()
}
