import type { Hash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import type { Blob } from '../../../core/images/blob.ts'
import { DigestMismatchError } from '../../../core/images/upload-errors.ts'
import { type Digest, digestAlgorithm } from '../../../core/names/digest.ts'
import { type BlobUploads, type ByteRange, type StoredFacts, UploadMissingError } from '../blob-store.ts'
import { IncomingBytes } from '../incoming-bytes.ts'
import { isUploadId } from '../upload-id.ts'
import { appendToFile } from './append-to-file.ts'
import type { BlobLayout } from './blob-layout.ts'
import { Disk, SyncFailedError } from './disk.ts'
import { asStorageError, isNotFound } from './file-errors.ts'
import { hashFile, matchingDigest } from './hash-file.ts'
import { namesIn } from './names-in.ts'
import { pieceBytes } from './piece-pool.ts'
import { publishBlob, sizeOfFile } from './publish-blob.ts'
import { RunningHashes } from './running-hashes.ts'
import { factsOfFile } from './stored-facts.ts'

/** An upload that a request is at work on. */
interface OpenUpload extends AsyncDisposable {
  readonly id: string
  readonly path: string
  readonly file: FileHandle
  readonly size: number
}

/** Uploads as files of their own, which become blobs by being renamed. */
export class FileUploads implements BlobUploads {
  readonly #layout: BlobLayout
  readonly #hashes = new RunningHashes()
  readonly #disk: Disk
  readonly #onPublished: (digest: Digest) => void

  /** @param onPublished told of a blob once its bytes are in their place, where damaged ones may have been before */
  constructor(layout: BlobLayout, disk = new Disk(), onPublished: (digest: Digest) => void = () => {}) {
    this.#layout = layout
    this.#disk = disk
    this.#onPublished = onPublished
  }

  async start(id: string): Promise<void> {
    try {
      await using _file = await open(this.#layout.upload(id), 'wx', 0o600)
    } catch (error) {
      throw asStorageError(error)
    }
  }

  async size(id: string): Promise<number | undefined> {
    return isUploadId(id) ? sizeOfFile(this.#layout.upload(id)) : undefined
  }

  async append(id: string, body: AsyncIterable<Uint8Array>, signal?: AbortSignal): Promise<number> {
    await using upload = await this.#open(id)
    const hash = this.#hashes.take(id, upload.size)
    const incoming = new IncomingBytes(body, signal)
    const size = await this.#write(upload, incoming, hash)
    if (hash) this.#hashes.keep(id, { hash, size })
    incoming.throwIfCut()
    return size
  }

  async read(id: string, { first, last }: ByteRange): Promise<Readable> {
    const file = await openUpload(id, this.#layout.upload(id), 'r')
    return file.createReadStream({ start: first, end: last, highWaterMark: pieceBytes })
  }

  async truncate(id: string, size: number): Promise<void> {
    await using upload = await this.#open(id)
    await upload.file.truncate(size)
  }

  async finish(id: string, expected: readonly Digest[]): Promise<Blob> {
    await using upload = await this.#open(id)
    const digest = await this.#identify(upload, expected)
    await this.#publish(upload, digest)
    return { digest, size: upload.size }
  }

  async inspect(id: string): Promise<StoredFacts | undefined> {
    return isUploadId(id) ? factsOfFile(this.#layout.upload(id)) : undefined
  }

  async *list(): AsyncGenerator<readonly string[], void, undefined> {
    for await (const names of namesIn(this.#layout.uploads)) yield names.filter(isUploadId)
  }

  async cancel(id: string): Promise<void> {
    this.#hashes.forget(id)
    if (isUploadId(id)) await this.#disk.operations.remove(this.#layout.upload(id))
  }

  async #open(id: string): Promise<OpenUpload> {
    const path = this.#layout.upload(id)
    const file = await openUpload(id, path)
    const { size } = await file.stat()
    return { id, path, file, size, [Symbol.asyncDispose]: () => file.close() }
  }

  async #write({ id, file, size }: OpenUpload, incoming: IncomingBytes, hash: Hash | undefined) {
    try {
      return await appendToFile(file, incoming, { position: size, hash, disk: this.#disk })
    } catch (error) {
      if (error instanceof SyncFailedError) await this.cancel(id)
      else await file.truncate(size)
      throw asStorageError(error)
    }
  }

  /** Reads the file again only where no hash was kept or SHA-512 is asked for. */
  async #identify({ id, file, size }: OpenUpload, expected: readonly Digest[]): Promise<Digest> {
    const sha256 = this.#hashes.take(id, size)
    if (sha256) this.#hashes.keep(id, { hash: sha256, size })
    const known = matchingDigest(new Map(sha256 && [['sha256', sha256]]), expected)
    if (known) return known
    const unknown = new Set(expected.map(digestAlgorithm))
    if (sha256) unknown.delete('sha256')
    const digest = unknown.size > 0 && matchingDigest(await hashFile(file, unknown), expected)
    if (!digest) throw new DigestMismatchError()
    return digest
  }

  async #publish({ id, path, file, size }: OpenUpload, digest: Digest): Promise<void> {
    const target = this.#layout.blob(digest)
    try {
      const { operations } = this.#disk
      await publishBlob({ path, file, size, target, operations, sync: () => this.#disk.sync(file) })
      this.#onPublished(digest)
    } catch (error) {
      if (error instanceof SyncFailedError) await this.cancel(id)
      if (isNotFound(error) && (await sizeOfFile(path)) === undefined) throw new UploadMissingError(id)
      throw asStorageError(error)
    }
  }
}

async function openUpload(id: string, path: string, flags = 'r+'): Promise<FileHandle> {
  try {
    return await open(path, flags)
  } catch (error) {
    throw isNotFound(error) ? new UploadMissingError(id) : error
  }
}
