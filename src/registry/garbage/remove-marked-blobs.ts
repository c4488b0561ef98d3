import type { Blob } from '../../core/images/blob.ts'
import type { Digest } from '../../core/names/digest.ts'
import type { Sweep } from './sweep.ts'

/** Blobs removed in one transaction. Their files are renamed meanwhile, so it must be over soon. */
const blobsAtOnce = 64

/**
 * Removes the blobs that are marked. While their rows are held, so that nobody links them, their bytes are put out of sight and
 * the rows forgotten; then the bytes go for good. A crash in between leaves a marked row, or bytes out of sight: the next cycle
 * goes on from there. What can't be removed keeps its row.
 */
export async function removeMarkedBlobs(sweep: Sweep): Promise<void> {
  let after: Digest | undefined
  for (;;) {
    const { held, gone } = await removeRows(sweep, after)
    for (const blob of gone) await removeBytes(sweep, blob)
    after = held.at(-1)?.digest
    if (after === undefined) return
    await sweep.rest()
  }
}

interface Removal {
  readonly held: readonly Blob[]
  readonly gone: readonly Blob[]
}

async function removeRows(sweep: Sweep, after: Digest | undefined): Promise<Removal> {
  const { metadata } = sweep.registry
  let outOfSight: Blob[] = []
  try {
    return await metadata.write(async (tx) => {
      await putBack(sweep, outOfSight)
      const held = await tx.garbage.holdMarked({ after, limit: blobsAtOnce })
      outOfSight = await putOutOfSight(sweep, held)
      await tx.garbage.forget(outOfSight.map(({ digest }) => digest))
      return { held, gone: outOfSight }
    })
  } catch (error) {
    await putBack(sweep, outOfSight)
    throw error
  }
}

async function putOutOfSight(sweep: Sweep, held: readonly Blob[]): Promise<Blob[]> {
  const put = held.map(async (blob) => {
    try {
      await sweep.registry.blobs.trash.put(blob.digest)
      return [blob]
    } catch (error) {
      sweep.tally.failures += 1
      sweep.onFailure(error, { digest: blob.digest })
      return []
    }
  })
  return (await Promise.all(put)).flat()
}

/** The rows stay after all. */
async function putBack({ registry }: Sweep, outOfSight: readonly Blob[]): Promise<void> {
  for (const { digest } of outOfSight) await registry.blobs.trash.restore(digest)
}

/** Bytes that stay out of sight are removed by the next cycle. */
async function removeBytes(sweep: Sweep, { digest, size }: Blob): Promise<void> {
  try {
    await sweep.registry.blobs.trash.remove(digest)
    sweep.tally.blobs += 1
    sweep.tally.bytes += size
  } catch (error) {
    sweep.tally.failures += 1
    sweep.onFailure(error, { digest })
  }
}
