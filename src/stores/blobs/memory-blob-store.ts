import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { DigestMismatchError } from '../../core/errors.ts'
import type { Blob } from '../../core/images/blob.ts'
import { type Digest, digestAlgorithm, digestOf } from '../../core/names/digest.ts'
import {
  BlobMissingError,
  type BlobStore,
  type BlobUploads,
  type ByteRange,
  UploadMissingError,
} from './blob-store.ts'
import { IncomingBytes } from './incoming-bytes.ts'
import { isUploadId } from './upload-id.ts'

/** Blobs that are gone with the process: for tests and trials. */
export class MemoryBlobStore implements BlobStore {
  readonly #blobs = new Map<Digest, Uint8Array>()
  readonly uploads: BlobUploads = new MemoryUploads(this.#blobs)

  async size(digest: Digest): Promise<number | undefined> {
    return this.#blobs.get(digest)?.byteLength
  }

  async read(digest: Digest, range?: ByteRange): Promise<Readable> {
    const bytes = this.#blobs.get(digest)
    if (!bytes) throw new BlobMissingError(digest)
    return Readable.from([range ? bytes.subarray(range.first, range.last + 1) : bytes])
  }

  async delete(digest: Digest): Promise<void> {
    this.#blobs.delete(digest)
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}

class MemoryUploads implements BlobUploads {
  readonly #blobs: Map<Digest, Uint8Array>
  readonly #uploads = new Map<string, Uint8Array>()

  constructor(blobs: Map<Digest, Uint8Array>) {
    this.#blobs = blobs
  }

  async start(id: string): Promise<void> {
    if (!isUploadId(id)) throw new UploadMissingError(id)
    this.#uploads.set(id, new Uint8Array())
  }

  async size(id: string): Promise<number | undefined> {
    return this.#uploads.get(id)?.byteLength
  }

  async append(id: string, body: AsyncIterable<Uint8Array>, signal?: AbortSignal): Promise<number> {
    const chunks = [this.#get(id)]
    const incoming = new IncomingBytes(body, signal)
    for await (const chunk of incoming) chunks.push(chunk)
    const bytes = Buffer.concat(chunks)
    this.#uploads.set(id, bytes)
    incoming.throwIfCut()
    return bytes.byteLength
  }

  async truncate(id: string, size: number): Promise<void> {
    this.#uploads.set(id, this.#get(id).subarray(0, size))
  }

  async finish(id: string, expected: readonly Digest[]): Promise<Blob> {
    const bytes = this.#get(id)
    const digest = expected.find((candidate) => candidate === hashAs(candidate, bytes))
    if (!digest) throw new DigestMismatchError()
    this.#blobs.set(digest, bytes)
    this.#uploads.delete(id)
    return { digest, size: bytes.byteLength }
  }

  async cancel(id: string): Promise<void> {
    this.#uploads.delete(id)
  }

  #get(id: string): Uint8Array {
    const bytes = this.#uploads.get(id)
    if (!bytes) throw new UploadMissingError(id)
    return bytes
  }
}

function hashAs(digest: Digest, bytes: Uint8Array): Digest {
  const algorithm = digestAlgorithm(digest)
  return digestOf(algorithm, createHash(algorithm).update(bytes).digest('hex'))
}
