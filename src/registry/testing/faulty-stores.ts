import { StorageFullError } from '../../core/errors.ts'
import type { BlobStore } from '../../stores/blobs/blob-store.ts'
import type { MetadataStore, MetadataTransaction } from '../../stores/metadata/metadata-store.ts'

/** A fault to switch on and off between a registry and a real store. */
export interface Fault {
  on: boolean
}

/** A metadata store that stores nothing while the fault is on. */
export function refusingWrites(metadata: MetadataStore, fault: Fault): MetadataStore {
  return {
    ...metadata,
    write: (work) => (fault.on ? Promise.reject(new StorageFullError()) : metadata.write(work)),
    [Symbol.asyncDispose]: () => metadata[Symbol.asyncDispose](),
  }
}

/** A metadata store before whose next write transaction others do something, once. */
export function interrupted(metadata: MetadataStore, others: { act?: (() => Promise<unknown>) | undefined }) {
  return {
    ...metadata,
    async write<Result>(work: (tx: MetadataTransaction) => Promise<Result>): Promise<Result> {
      const { act } = others
      others.act = undefined
      await act?.()
      return metadata.write(work)
    },
    [Symbol.asyncDispose]: () => metadata[Symbol.asyncDispose](),
  } satisfies MetadataStore
}

/** A blob store whose disk fills up after the first piece of each body while the fault is on. */
export function fillingUp(blobs: BlobStore, fault: Fault): BlobStore {
  const { uploads } = blobs
  return {
    size: (digest) => blobs.size(digest),
    read: (digest, range) => blobs.read(digest, range),
    inspect: (digest) => blobs.inspect(digest),
    list: () => blobs.list(),
    trash: blobs.trash,
    uploads: {
      start: (id) => uploads.start(id),
      size: (id) => uploads.size(id),
      append: (id, body, signal) => uploads.append(id, fault.on ? untilFull(body) : body, signal),
      read: (id, range) => uploads.read(id, range),
      truncate: (id, size) => uploads.truncate(id, size),
      finish: (id, expected) => uploads.finish(id, expected),
      cancel: (id) => uploads.cancel(id),
      inspect: (id) => uploads.inspect(id),
      list: () => uploads.list(),
    },
    [Symbol.asyncDispose]: () => blobs[Symbol.asyncDispose](),
  }
}

async function* untilFull(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const bytes of body) {
    yield bytes.subarray(0, 1)
    throw new StorageFullError()
  }
}

/** A blob store whose files can't be removed while the fault is on. */
export function keepingFiles(blobs: BlobStore, fault: Fault): BlobStore {
  const { trash } = blobs
  const refuse = () => Promise.reject(new Error('EROFS: read-only file system'))
  return {
    size: (digest) => blobs.size(digest),
    read: (digest, range) => blobs.read(digest, range),
    inspect: (digest) => blobs.inspect(digest),
    list: () => blobs.list(),
    uploads: blobs.uploads,
    trash: {
      put: (digest) => (fault.on ? refuse() : trash.put(digest)),
      restore: (digest) => trash.restore(digest),
      remove: (digest) => (fault.on ? refuse() : trash.remove(digest)),
      list: () => trash.list(),
    },
    [Symbol.asyncDispose]: () => blobs[Symbol.asyncDispose](),
  }
}
