import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { Blob } from '../../core/images/blob.ts'
import { DigestMismatchError } from '../../core/images/upload-errors.ts'
import { type Digest, digestAlgorithm, digestOf } from '../../core/names/digest.ts'
import {
  BlobMissingError,
  type BlobStore,
  type BlobTrash,
  type BlobUploads,
  type ByteRange,
  type StoredFacts,
  UploadMissingError,
} from './blob-store.ts'
import { IncomingBytes } from './incoming-bytes.ts'
import { isUploadId } from './upload-id.ts'

interface Kept {
  readonly bytes: Uint8Array
  readonly changedAt: Date
}

/** Blobs that are gone with the process: for tests and trials. */
export class MemoryBlobStore implements BlobStore {
  readonly #blobs = new Map<Digest, Kept>()
  readonly trash: BlobTrash = new MemoryTrash(this.#blobs)
  readonly uploads: BlobUploads

  constructor({ now }: { readonly now: () => Date } = { now: () => new Date() }) {
    this.uploads = new MemoryUploads(this.#blobs, now)
  }

  async size(digest: Digest): Promise<number | undefined> {
    return this.#blobs.get(digest)?.bytes.byteLength
  }

  async read(digest: Digest, range?: ByteRange): Promise<Readable> {
    const bytes = this.#blobs.get(digest)?.bytes
    if (!bytes) throw new BlobMissingError(digest)
    return Readable.from([range ? bytes.subarray(range.first, range.last + 1) : bytes])
  }

  async inspect(digest: Digest): Promise<StoredFacts | undefined> {
    return factsOf(this.#blobs.get(digest))
  }

  async *list(): AsyncGenerator<readonly Digest[], void, undefined> {
    yield [...this.#blobs.keys()]
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}

class MemoryTrash implements BlobTrash {
  readonly #blobs: Map<Digest, Kept>
  readonly #trash = new Map<Digest, Kept>()

  constructor(blobs: Map<Digest, Kept>) {
    this.#blobs = blobs
  }

  async put(digest: Digest): Promise<void> {
    const blob = this.#blobs.get(digest)
    if (blob) this.#trash.set(digest, blob)
    this.#blobs.delete(digest)
  }

  async restore(digest: Digest): Promise<void> {
    const blob = this.#trash.get(digest)
    if (blob && !this.#blobs.has(digest)) this.#blobs.set(digest, blob)
    this.#trash.delete(digest)
  }

  async remove(digest: Digest): Promise<void> {
    this.#trash.delete(digest)
  }

  async *list(): AsyncGenerator<readonly Digest[], void, undefined> {
    yield [...this.#trash.keys()]
  }
}

class MemoryUploads implements BlobUploads {
  readonly #blobs: Map<Digest, Kept>
  readonly #uploads = new Map<string, Kept>()
  readonly #now: () => Date

  constructor(blobs: Map<Digest, Kept>, now: () => Date) {
    this.#blobs = blobs
    this.#now = now
  }

  async start(id: string): Promise<void> {
    if (!isUploadId(id)) throw new UploadMissingError(id)
    this.#keep(id, new Uint8Array())
  }

  async size(id: string): Promise<number | undefined> {
    return this.#uploads.get(id)?.bytes.byteLength
  }

  async append(id: string, body: AsyncIterable<Uint8Array>, signal?: AbortSignal): Promise<number> {
    const chunks = [this.#get(id)]
    const incoming = new IncomingBytes(body, signal)
    for await (const chunk of incoming) chunks.push(chunk)
    const bytes = Buffer.concat(chunks)
    this.#keep(id, bytes)
    incoming.throwIfCut()
    return bytes.byteLength
  }

  async read(id: string, { first, last }: ByteRange): Promise<Readable> {
    return Readable.from([this.#get(id).subarray(first, last + 1)])
  }

  async truncate(id: string, size: number): Promise<void> {
    this.#keep(id, this.#get(id).subarray(0, size))
  }

  async finish(id: string, expected: readonly Digest[]): Promise<Blob> {
    const bytes = this.#get(id)
    const digest = expected.find((candidate) => candidate === hashAs(candidate, bytes))
    if (!digest) throw new DigestMismatchError()
    if (!this.#blobs.has(digest)) {
      this.#blobs.set(digest, { bytes, changedAt: this.#now() })
      this.#uploads.delete(id)
    }
    return { digest, size: bytes.byteLength }
  }

  async cancel(id: string): Promise<void> {
    this.#uploads.delete(id)
  }

  async inspect(id: string): Promise<StoredFacts | undefined> {
    return factsOf(this.#uploads.get(id))
  }

  async *list(): AsyncGenerator<readonly string[], void, undefined> {
    yield [...this.#uploads.keys()]
  }

  #keep(id: string, bytes: Uint8Array): void {
    this.#uploads.set(id, { bytes, changedAt: this.#now() })
  }

  #get(id: string): Uint8Array {
    const bytes = this.#uploads.get(id)?.bytes
    if (!bytes) throw new UploadMissingError(id)
    return bytes
  }
}

function factsOf(kept: Kept | undefined): StoredFacts | undefined {
  return kept && { size: kept.bytes.byteLength, changedAt: kept.changedAt }
}

function hashAs(digest: Digest, bytes: Uint8Array): Digest {
  const algorithm = digestAlgorithm(digest)
  return digestOf(algorithm, createHash(algorithm).update(bytes).digest('hex'))
}
