import type { Digest } from '../../core/names/digest.ts'
import { type Sweep, stretchRows } from './sweep.ts'

/** Marks blobs that no repository links, nor has for the grace period. */
export async function markUnneededBlobs(sweep: Sweep): Promise<void> {
  const { registry, before } = sweep
  const { metadata } = registry
  let after: Digest | undefined
  do {
    const stretch = { after, limit: stretchRows }
    const { items, end } = await metadata.garbage.unneededBlobs(before, { links: 'none' }, stretch)
    const digests = items.map(({ digest }) => digest)
    if (digests.length > 0) await metadata.write((tx) => tx.garbage.markUnneeded(digests, before))
    after = end
    await sweep.rest()
  } while (after !== undefined)
}
