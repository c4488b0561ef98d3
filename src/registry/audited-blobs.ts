import type { Blob } from '../core/images/blob.ts'
import type { Digest } from '../core/names/digest.ts'
import type { Audit } from '../stores/metadata/audit.ts'

/** Rows read at once. */
const pageRows = 100

/** All blobs that are kept, by digest, from after `start` on. */
export async function* auditedBlobs(
  audit: Pick<Audit, 'blobs'>,
  start?: Digest,
): AsyncGenerator<Blob, void, undefined> {
  for (let after = start; ; ) {
    const blobs = await audit.blobs({ after, limit: pageRows })
    yield* blobs
    after = blobs.at(-1)?.digest
    if (blobs.length < pageRows) return
  }
}
