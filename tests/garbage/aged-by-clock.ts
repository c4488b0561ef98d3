import type { BlobStore, BlobUploads, StoredFacts } from '../../src/stores/blobs/blob-store.ts'

/** A store whose bytes are as old as a clock says that can be moved; the ages of files go by the system's. */
export function agedByClock(blobs: BlobStore, now: () => Date): BlobStore {
  const times = new Map<string, Date>()
  const aged = (key: string, facts: StoredFacts | undefined) =>
    facts && { ...facts, changedAt: times.get(key) ?? facts.changedAt }
  const { uploads } = blobs
  const agedUploads: BlobUploads = {
    start: async (id) => {
      await uploads.start(id)
      times.set(id, now())
    },
    append: async (id, body, signal) => {
      times.set(id, now())
      return uploads.append(id, body, signal)
    },
    finish: async (id, expected) => {
      const blob = await uploads.finish(id, expected)
      times.set(blob.digest, now())
      return blob
    },
    size: (id) => uploads.size(id),
    read: (id, range) => uploads.read(id, range),
    truncate: (id, size) => uploads.truncate(id, size),
    cancel: (id) => uploads.cancel(id),
    inspect: async (id) => aged(id, await uploads.inspect(id)),
    list: () => uploads.list(),
  }
  return {
    size: (digest) => blobs.size(digest),
    read: (digest, range) => blobs.read(digest, range),
    inspect: async (digest) => aged(digest, await blobs.inspect(digest)),
    list: () => blobs.list(),
    trash: blobs.trash,
    uploads: agedUploads,
    [Symbol.asyncDispose]: () => blobs[Symbol.asyncDispose](),
  }
}
