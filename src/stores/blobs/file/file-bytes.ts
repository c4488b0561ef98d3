import type { FileHandle } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { ByteRange } from '../blob-store.ts'
import { type PiecePool, pieceBytes } from './piece-pool.ts'

type Write = (piece: Uint8Array) => Promise<void>

/**
 * An open file, or a part of it, as a stream that owns the file. Besides being read like any stream it can write itself out
 * through two pieces of memory that it fills in turns: the next is read while one is on its way, and none is made anew, which is what
 * streams spend most of their time on.
 */
export class FileBytes extends Readable {
  readonly #file: FileHandle
  readonly #pool: PiecePool
  #position: number
  readonly #end: number

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
  async writeTo(write: Write): Promise<void> {
    const memories = [this.#pool.take(), this.#pool.take()]
    const written = Promise.withResolvers<void>()
    written.resolve()
    let onItsWay = written.promise
    try {
      for (let turn = 0; ; turn = 1 - turn) {
        const memory = memories[turn]
        if (memory === undefined) return
        const piece = await this.#fill(memory)
        await onItsWay
        if (piece.length === 0) return
        onItsWay = write(piece)
      }
    } finally {
      await Promise.allSettled([onItsWay])
      for (const memory of memories) this.#pool.giveBack(memory)
      this.destroy()
    }
  }
}
