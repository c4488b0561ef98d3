import type { Blob } from '../core/images/blob.ts'
import { DigestMismatchError } from '../core/images/upload-errors.ts'
import type { Digest } from '../core/names/digest.ts'
import { BlobCutShortError, BlobMissingError, type BlobStore } from '../stores/blobs/blob-store.ts'
import type { Audit } from '../stores/metadata/audit.ts'
import { auditedBlobs } from './audited-blobs.ts'

/** How far copying is. */
export interface CopyProgress {
  /** Looked at so far, with those that were there already. */
  readonly blobs: number
  readonly bytes: number
  /** Of these, the blobs that weren't there. */
  readonly copied: number
  /** What couldn't be copied, as its bytes are missing or not what its name says. */
  readonly damaged: readonly Digest[]
}

/**
 * Brings all blobs that an audit tells of into another store. Each is hashed on its way and is there for good when it is told of; what was
 * there already, with the right length, is left as it is.
 *
 * @yields after each blob
 * @throws StorageFullError, the signal's reason
 */
export async function* copyBlobs(options: {
  readonly audit: Pick<Audit, 'blobs'>
  readonly from: BlobStore
  readonly to: BlobStore
  readonly newId: () => string
  readonly signal?: AbortSignal
}): AsyncGenerator<CopyProgress, void, undefined> {
  let progress: CopyProgress = { blobs: 0, bytes: 0, copied: 0, damaged: [] }
  for await (const blob of auditedBlobs(options.audit)) {
    options.signal?.throwIfAborted()
    const outcome = await copyBlob(options, blob)
    progress = {
      blobs: progress.blobs + 1,
      bytes: progress.bytes + blob.size,
      copied: progress.copied + (outcome === 'copied' ? 1 : 0),
      damaged: outcome === 'damaged' ? [...progress.damaged, blob.digest] : progress.damaged,
    }
    yield progress
  }
}

async function copyBlob(
  { from, to, newId, signal }: Parameters<typeof copyBlobs>[0],
  { digest, size }: Blob,
): Promise<'there' | 'copied' | 'damaged'> {
  if ((await to.size(digest)) === size) return 'there'
  const id = newId()
  await to.uploads.start(id)
  try {
    await to.uploads.append(id, await from.read(digest), signal)
    await to.uploads.finish(id, [digest])
    return 'copied'
  } catch (error) {
    if (isDamage(error)) return 'damaged'
    throw error
  } finally {
    await to.uploads.cancel(id)
  }
}

function isDamage(error: unknown): boolean {
  return (
    error instanceof BlobMissingError ||
    error instanceof BlobCutShortError ||
    error instanceof DigestMismatchError
  )
}
