import { type FileHandle, open } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Readable } from 'node:stream'
import type { Digest } from '../../core/names/digest.ts'
import {
  BlobCutShortError,
  BlobMissingError,
  type BlobStore,
  type ByteRange,
  type StoredFacts,
} from './blob-store.ts'
import { BlobLayout } from './file/blob-layout.ts'
import { BytesInMemory } from './file/bytes-in-memory.ts'
import { Disk } from './file/disk.ts'
import { type DiskOperations, systemOperations } from './file/disk-operations.ts'
import { FileBytes } from './file/file-bytes.ts'
import { isNotFound } from './file/file-errors.ts'
import { FileTrash } from './file/file-trash.ts'
import { FileUploads } from './file/file-uploads.ts'
import { listBlobs } from './file/list-blobs.ts'
import { PiecePool } from './file/piece-pool.ts'
import { makePrivateFolder } from './file/private-folders.ts'
import { sizeOfFile } from './file/publish-blob.ts'
import { isSmall, SmallBlobCache } from './file/small-blob-cache.ts'
import { factsOfFile } from './file/stored-facts.ts'

/**
 * Opens the blobs below a folder, making it (for its owner alone) when it isn't there. Unfinished uploads can go on.
 *
 * @param options.operations what is done to the disk; the operating system's own unless told
 */
export async function openFileBlobStore(options: {
  readonly folder: string
  readonly operations?: DiskOperations
}): Promise<BlobStore> {
  const { folder, operations = systemOperations } = options
  const layout = new BlobLayout(resolve(folder))
  await makePrivateFolder(layout.blobs)
  await makePrivateFolder(layout.uploads)
  await makePrivateFolder(layout.trash)
  return new FileBlobStore(layout, operations)
}

class FileBlobStore implements BlobStore {
  readonly #layout: BlobLayout
  readonly #pieces = new PiecePool()
  readonly #small = new SmallBlobCache()
  readonly trash: FileTrash
  readonly uploads: FileUploads

  constructor(layout: BlobLayout, operations: DiskOperations) {
    this.#layout = layout
    this.trash = new FileTrash(layout, operations, (digest) => this.#small.drop(digest))
    this.uploads = new FileUploads(layout, new Disk(operations), (digest) => this.#small.drop(digest))
  }

  size(digest: Digest): Promise<number | undefined> {
    return sizeOfFile(this.#layout.blob(digest))
  }

  /** The file is open or read before this resolves, so that a deletion from here on takes only its name. */
  async read(digest: Digest, range?: ByteRange): Promise<Readable> {
    const small = this.#small.get(digest) ?? (await this.#readSmall(digest, range))
    if (small) return new BytesInMemory(range ? small.subarray(range.first, range.last + 1) : small)
    return new FileBytes(await this.#open(digest), this.#pieces, range)
  }

  inspect(digest: Digest): Promise<StoredFacts | undefined> {
    return factsOfFile(this.#layout.blob(digest))
  }

  list(): AsyncIterable<readonly Digest[]> {
    return listBlobs(this.#layout)
  }

  /** Nothing stays open between calls. */
  async [Symbol.asyncDispose](): Promise<void> {}

  /** All of a small blob; undefined for a large one. @throws BlobMissingError, BlobCutShortError */
  async #readSmall(digest: Digest, range: ByteRange | undefined): Promise<Buffer | undefined> {
    const size = await this.size(digest)
    if (size === undefined) throw new BlobMissingError(digest)
    if (range !== undefined && range.last >= size) throw new BlobCutShortError(digest, size)
    if (!isSmall(size)) return undefined
    return this.#small.load(digest, () => this.#readWhole(digest))
  }

  async #readWhole(digest: Digest): Promise<Buffer> {
    await using file = await this.#open(digest)
    return await file.readFile()
  }

  async #open(digest: Digest): Promise<FileHandle> {
    try {
      return await open(this.#layout.blob(digest), 'r')
    } catch (error) {
      throw isNotFound(error) ? new BlobMissingError(digest) : error
    }
  }
}
