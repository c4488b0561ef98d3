import type { Registry } from '../registry.ts'
import type { Sweep } from './sweep.ts'

/** Bytes of uploads that no row tells of: their repository was deleted, or a crash came in between. */
interface StrayUpload {
  readonly id: string
  readonly size: number
}

/** Stray uploads in portions; those that were written to within the grace period may still get their row. */
export async function* strayUploads(
  { blobs, metadata }: Registry,
  before: Date,
): AsyncGenerator<readonly StrayUpload[], void, undefined> {
  for await (const ids of blobs.uploads.list()) {
    const strays: StrayUpload[] = []
    for (const id of await metadata.garbage.unknownUploads(ids)) {
      const facts = await blobs.uploads.inspect(id)
      if (facts !== undefined && facts.changedAt < before) strays.push({ id, size: facts.size })
    }
    yield strays
  }
}

export async function removeStrayUploads(sweep: Sweep): Promise<void> {
  const { registry, before, tally } = sweep
  for await (const strays of strayUploads(registry, before)) {
    for (const { id } of strays) {
      await registry.uploadLocks.run(id, () => registry.blobs.uploads.cancel(id))
    }
    tally.uploads += strays.length
    await sweep.rest()
  }
}
