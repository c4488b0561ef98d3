import { readSync } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { ByteRange } from '../blob-store.ts'
import { type PiecePool, pieceBytes } from './piece-pool.ts'

/** A piece that is here within so many ms came from the system's memory, not from a disk. */
const fromMemoryMs = 1

/**
 * An open file, or a part of it, as a stream that owns the file. Where the part is longer than the file, the stream fails at its end. Besides being read like any stream it can write itself out
 * through two pieces of memory that it fills in turns: the next is read while one is on its way, and none is made anew, which is what
 * streams spend most of their time on.
 */
export class FileBytes extends Readable {
  readonly #file: FileHandle
  readonly #pool: PiecePool
  #position: number
  readonly #end: number
  #isInMemory = false

  constructor(file: FileHandle, pool: PiecePool, range?: ByteRange) {
    super({ highWaterMark: pieceBytes })
    this.#file = file
    this.#pool = pool
    this.#position = range?.first ?? 0
    this.#end = range === undefined ? Number.POSITIVE_INFINITY : range.last + 1
  }

  /**
   * Hands every byte to `write`, in order and a piece at a time; once `write` has ended, well or badly, its piece is used again. Use
   * this or the stream, not both. The file is closed at the end, and when `write` or the disk fails.
   */
  async writeTo(write: (piece: Uint8Array) => Promise<void>): Promise<void> {
    let [filling, sending] = [this.#pool.take(), this.#pool.take()]
    let sent = Promise.resolve()
    try {
      for (;;) {
        const piece = await this.#fill(filling)
        await sent
        if (piece.length === 0) return
        sent = write(piece)
        // Waited for in the next turn; until then nobody hears of its error.
        sent.catch(() => {})
        ;[filling, sending] = [sending, filling]
      }
    } finally {
      await Promise.allSettled([sent])
      for (const memory of [filling, sending]) this.#pool.giveBack(memory)
      this.destroy()
    }
  }

  override _read(): void {
    this.#fill(Buffer.allocUnsafe(Math.min(pieceBytes, this.#left))).then(
      (piece) => this.push(piece.length === 0 ? null : piece),
      (error: Error) => this.destroy(error),
    )
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#file.close().then(
      () => done(error),
      (closing: Error) => done(error ?? closing),
    )
  }

  get #left(): number {
    return this.#end - this.#position
  }

  /**
   * While the system has the file in memory, reading costs less than handing the read to another thread and waiting for it. The first
   * read that takes longer is the last that anyone else has to wait for.
   */
  async #fill(memory: Buffer): Promise<Buffer> {
    const length = Math.min(memory.length, this.#left)
    if (length === 0) return memory.subarray(0, 0)
    const start = performance.now()
    const bytesRead = this.#isInMemory
      ? readSync(this.#file.fd, memory, 0, length, this.#position)
      : (await this.#file.read(memory, 0, length, this.#position)).bytesRead
    this.#isInMemory = performance.now() - start < fromMemoryMs
    if (bytesRead === 0 && Number.isFinite(this.#end))
      throw new Error(`The file ends at ${this.#position}, and was to be read up to ${this.#end}`)
    this.#position += bytesRead
    return memory.subarray(0, bytesRead)
  }
}
