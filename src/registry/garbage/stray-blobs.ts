import type { Blob } from '../../core/images/blob.ts'
import type { Registry } from '../registry.ts'
import type { Sweep } from './sweep.ts'

/**
 * Bytes in the blob store that no row tells of, in portions: a crash came between the two, or the row was lost. Those that came
 * within the grace period may still be on their way to a row.
 */
export async function* strayBlobs(
  { blobs, metadata }: Registry,
  before: Date,
): AsyncGenerator<readonly Blob[], void, undefined> {
  for await (const digests of blobs.list()) {
    const strays: Blob[] = []
    for (const digest of await metadata.garbage.unknownBlobs(digests)) {
      const facts = await blobs.inspect(digest)
      if (facts !== undefined && facts.changedAt < before) strays.push({ digest, size: facts.size })
    }
    yield strays
  }
}

/** Gives stray bytes a row that is marked, so that they go the way of all others. */
export async function markStrayBlobs(sweep: Sweep): Promise<void> {
  const { registry, before } = sweep
  for await (const strays of strayBlobs(registry, before)) {
    if (strays.length > 0) {
      await registry.metadata.write((tx) => tx.garbage.markUnknown(strays, registry.now()))
    }
    await sweep.rest()
  }
}
