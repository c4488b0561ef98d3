import type { Readable } from 'node:stream'
import type { Blob } from '../../core/images/blob.ts'
import type { Digest } from '../../core/names/digest.ts'

/** Both ends included, as in HTTP; always inside the blob. */
export interface ByteRange {
  readonly first: number
  readonly last: number
}

/**
 * Bytes by digest. What `finish` has acknowledged survives the loss of power; what it has not is invisible.
 * Rights are not known here: callers check the repository's link before they read.
 */
export interface BlobStore extends AsyncDisposable {
  /** The blob's length, or undefined when there is no such blob. */
  size(digest: Digest): Promise<number | undefined>
  /**
   * Streams the blob, or the part of it in `range`, in constant memory. Destroying the stream frees everything.
   * A blob that is deleted meanwhile is still read to its end.
   *
   * @throws BlobMissingError when there is no such blob, BlobCutShortError when it ends before the range does
   */
  read(digest: Digest, range?: ByteRange): Promise<Readable>
  /** The blob's length and age, or undefined when there is no such blob. */
  inspect(digest: Digest): Promise<StoredFacts | undefined>
  /** All blobs, in portions and no order; those that come or go meanwhile may be missed. */
  list(): AsyncIterable<readonly Digest[]>
  readonly trash: BlobTrash
  readonly uploads: BlobUploads
}

/** What a store knows of bytes it keeps. */
export interface StoredFacts {
  readonly size: number
  /** When they were last written to, moved or given their name. */
  readonly changedAt: Date
}

/**
 * The way out for a blob: out of sight first, which can be taken back, then for good. A blob that isn't there, or is gone by
 * then, is a success everywhere.
 */
export interface BlobTrash {
  /** Takes a blob out of sight: it can't be read any more, but by who is reading it now. Takes no longer for a large one. */
  put(digest: Digest): Promise<void>
  /** Puts a blob back to where it was, unless the same has come there meanwhile. */
  restore(digest: Digest): Promise<void>
  /** Removes the bytes of a blob that is out of sight. */
  remove(digest: Digest): Promise<void>
  /** All that is out of sight, in portions: what a crash has left here. */
  list(): AsyncIterable<readonly Digest[]>
}

/**
 * Blobs on their way in. The caller sees to it that one upload is touched by one request at a time. Whatever needs an
 * upload that isn't there throws UploadMissingError.
 */
export interface BlobUploads {
  /**
   * Makes an empty upload. `id` is a UUID in lower case; anything else names no upload, here and below.
   *
   * @throws UploadMissingError when `id` is no UUID, StorageFullError when the disk is full
   */
  start(id: string): Promise<void>
  /** Bytes received so far, also after a restart; undefined when there is no such upload. */
  size(id: string): Promise<number | undefined>
  /**
   * Writes `body` after what is there and resolves to the new size. When the body or `signal` ends it early,
   * what arrived stays and the error (the signal's reason) is passed on: the upload can be continued at `size(id)`.
   * A chunk belongs to the store once it is handed over. Leaving early, this closes `body` as `for await` does.
   *
   * @throws StorageFullError when the disk is full; the upload is then as long as it was before
   */
  append(id: string, body: AsyncIterable<Uint8Array>, signal?: AbortSignal): Promise<number>
  /**
   * Streams a part of what was received, which must be there, while more may be on its way: it is as long as `size` says, or longer.
   *
   * @throws UploadMissingError, also when it has just become a blob
   */
  read(id: string, range: ByteRange): Promise<Readable>
  /** Cuts the upload back to `size` bytes, which must not be more than it has. */
  truncate(id: string, size: number): Promise<void>
  /** The upload's length so far and its age; undefined when there is no such upload. */
  inspect(id: string): Promise<StoredFacts | undefined>
  /** The ids of all uploads, in portions and no order; those that come or go meanwhile may be missed. */
  list(): AsyncIterable<readonly string[]>
  /**
   * Makes the bytes a blob if they hash to one of `expected`, durably, and resolves to it. Where the same blob was there
   * already, the upload stays, so that it can be finished again should the blob go meanwhile: `cancel` it when all is done.
   *
   * @throws DigestMismatchError when they hash to none of them; the upload stays
   * @throws StorageFullError
   */
  finish(id: string, expected: readonly Digest[]): Promise<Blob>
  /** Drops the upload and its bytes; one that isn't there is a success. */
  cancel(id: string): Promise<void>
}

/** The metadata has a link but the bytes are not there: damage, never a client's fault. */
export class BlobMissingError extends Error {
  override readonly name = 'BlobMissingError'
  constructor(digest: Digest) {
    super(`The bytes of blob ${digest} are missing from the blob store`)
  }
}

/** Some of a blob's bytes are not there: damage, never a client's fault. */
export class BlobCutShortError extends Error {
  override readonly name = 'BlobCutShortError'
  constructor(digest: Digest, size: number) {
    super(`The blob store has no more than ${size} bytes of blob ${digest}`)
  }
}

/** The metadata knows of the upload but its bytes are not there: a crash came between the two, or damage. */
export class UploadMissingError extends Error {
  override readonly name = 'UploadMissingError'
  constructor(id: string) {
    super(`The bytes of upload ${id} are missing from the blob store`)
  }
}
