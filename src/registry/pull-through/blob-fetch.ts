import { Readable } from 'node:stream'
import type { Blob } from '../../core/images/blob.ts'
import { type BlobStore, type ByteRange, UploadMissingError } from '../../stores/blobs/blob-store.ts'
import { Progress } from './progress.ts'

/** How much more has to be here before whoever waits is woken: what the store writes in one piece. */
const pieceBytes = 384 * 1024

/**
 * A blob on its way from an upstream into an upload, which any number of pulls read while it grows: each at its own pace, in
 * constant memory, and none holds up another. The last byte is given only when all of them have been stored under the digest, so that
 * nobody takes other bytes for the blob.
 */
export class BlobFetch {
  readonly blob: Blob
  /** Settles when the blob is stored and linked, or never will be. */
  readonly finished: Promise<void>
  readonly #uploadId: string
  readonly #store: BlobStore
  readonly #progress = new Progress()
  #isOver = false

  /** @param bring appends the body to the upload, handing it through `watched`, and makes it the blob */
  constructor(options: {
    readonly blob: Blob
    readonly uploadId: string
    readonly store: BlobStore
    readonly bring: (watched: (body: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>) => Promise<void>
  }) {
    this.blob = options.blob
    this.#uploadId = options.uploadId
    this.#store = options.store
    this.finished = options.bring((body) => this.#watch(body)).finally(() => this.#end())
    // Those who read are told; there may be nobody.
    this.finished.catch(() => {})
  }

  /** The blob, or the part of it in `range`, as it comes; fails where the fetch does. */
  read(range: ByteRange = { first: 0, last: this.blob.size - 1 }): Readable {
    return Readable.from(this.#follow(range), { objectMode: false })
  }

  async *#watch(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
    let unannounced = 0
    for await (const chunk of body) {
      yield chunk
      unannounced += chunk.byteLength
      if (unannounced < pieceBytes) continue
      unannounced = 0
      this.#progress.announce()
    }
  }

  async *#follow({ first, last }: ByteRange): AsyncGenerator<Uint8Array, void, undefined> {
    let at = first
    while (at <= last && !this.#isOver) {
      const more = this.#progress.next
      const end = Math.min(await this.#safeSize(), last + 1)
      if (end <= at) {
        await more
        continue
      }
      yield* await this.#readUpload({ first: at, last: end - 1 })
      at = end
    }
    if (at > last) return
    await this.finished
    yield* await this.#store.read(this.blob.digest, { first: at, last })
  }

  /** What may be given before all of it is known to be right. */
  async #safeSize(): Promise<number> {
    const size = await this.#store.uploads.size(this.#uploadId)
    return Math.min(size ?? 0, this.blob.size - 1)
  }

  /** It may become the blob just now. */
  async #readUpload(range: ByteRange): Promise<Readable> {
    try {
      return await this.#store.uploads.read(this.#uploadId, range)
    } catch (error) {
      if (!(error instanceof UploadMissingError)) throw error
      await this.finished
      return this.#store.read(this.blob.digest, range)
    }
  }

  #end(): void {
    this.#isOver = true
    this.#progress.announce()
  }
}
