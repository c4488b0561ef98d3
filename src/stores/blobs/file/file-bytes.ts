import type { FileHandle } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { ByteRange } from '../blob-store.ts'

/** Little enough for the processor's caches, enough to keep the turns between disk and socket few. */
const pieceBytes = 256 * 1024

/**
 * An open file, or a part of it, as a stream that owns the file. Besides being read like any stream it can write itself out
 * through two pieces of memory that it fills in turns: the next is read while one is on its way, and nothing is allocated for each,
 * which is what streams spend most of their time on.
 */
export class FileBytes extends Readable {
  readonly #file: FileHandle
  #position: number
  readonly #end: number

  constructor(file: FileHandle, range?: ByteRange) {
    super({ highWaterMark: pieceBytes })
    this.#file = file
    this.#position = range?.first ?? 0
    this.#end = range === undefined ? Number.POSITIVE_INFINITY : range.last + 1
  }

  /**
   * Hands every byte to `write`, in order and a piece at a time; once `write` has resolved, its piece is used again. Use this or the
   * stream, not both. The file is closed at the end, and when `write` or the disk fails.
   */
  async writeTo(write: (piece: Uint8Array) => Promise<void>): Promise<void> {
    const memories = new PieceMemory()
    let onItsWay = Promise.resolve()
    try {
      for (;;) {
        const piece = await this.#fill(memories.next(this.#left))
        await onItsWay
        if (piece.length === 0) return
        onItsWay = write(piece)
        // Waited for in the next turn; until then nobody hears of its error.
        onItsWay.catch(() => {})
      }
    } finally {
      this.destroy()
    }
  }

  override _read(): void {
    this.#fill(Buffer.allocUnsafeSlow(Math.min(pieceBytes, this.#left))).then(
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

  async #fill(memory: Buffer): Promise<Buffer> {
    const length = Math.min(memory.length, this.#left)
    if (length === 0) return memory.subarray(0, 0)
    const { bytesRead } = await this.#file.read(memory, 0, length, this.#position)
    this.#position += bytesRead
    return memory.subarray(0, bytesRead)
  }
}

/** Two pieces of memory that take turns, each made when it is first needed and no longer than what is left. */
class PieceMemory {
  #next: Buffer | undefined
  #other: Buffer | undefined

  next(left: number): Buffer {
    const memory = this.#next ?? Buffer.allocUnsafeSlow(Math.min(pieceBytes, left))
    this.#next = this.#other
    this.#other = memory
    return memory
  }
}
