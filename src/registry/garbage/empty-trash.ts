import type { Digest } from '../../core/names/digest.ts'
import type { Sweep } from './sweep.ts'

/** Ends what a crash has left half done: bytes out of sight whose row is there come back, the others go for good. */
export async function emptyTrash(sweep: Sweep): Promise<void> {
  const { blobs, metadata } = sweep.registry
  for await (const digests of blobs.trash.list()) {
    const forgotten = new Set(await metadata.garbage.unknownBlobs(digests))
    for (const digest of digests) await settle(sweep, digest, forgotten.has(digest))
    await sweep.rest()
  }
}

async function settle(sweep: Sweep, digest: Digest, isForgotten: boolean): Promise<void> {
  const { trash } = sweep.registry.blobs
  try {
    await (isForgotten ? trash.remove(digest) : trash.restore(digest))
  } catch (error) {
    sweep.tally.failures += 1
    sweep.onFailure(error, { digest })
  }
}
