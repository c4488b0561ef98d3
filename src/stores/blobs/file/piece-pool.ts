/** Enough to keep the turns between disk and socket few, little enough for a thousand readers at once. */
export const pieceBytes = 512 * 1024

/** Pieces that wait to be used again: 16 MiB of them. */
const spareAtMost = 32

/** Pieces of memory that are lent and come back, since making one and clearing it away costs more than filling it. */
export class PiecePool {
  readonly #spare: Buffer[] = []

  /** A piece of `pieceBytes` with anything in it. */
  take(): Buffer {
    return this.#spare.pop() ?? Buffer.allocUnsafeSlow(pieceBytes)
  }

  /** Takes a piece back that nobody reads or writes any more. */
  giveBack(piece: Buffer): void {
    if (this.#spare.length < spareAtMost) this.#spare.push(piece)
  }
}
