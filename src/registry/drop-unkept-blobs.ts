import type { BlobStore } from '../stores/blobs/blob-store.ts'
import type { Audit } from '../stores/metadata/audit.ts'

/** Removes from a store, which nobody else may be using, all blobs that an audit doesn't know. */
export async function dropUnkeptBlobs(audit: Pick<Audit, 'keeps'>, store: BlobStore): Promise<void> {
  for await (const digests of store.list()) {
    for (const digest of digests) {
      if (await audit.keeps(digest)) continue
      await store.trash.put(digest)
      await store.trash.remove(digest)
    }
  }
}
