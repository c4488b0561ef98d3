import { Readable } from 'node:stream'

/** Bytes that are at hand, as a stream that can also write itself out in one piece. The bytes are never written to. */
export class BytesInMemory extends Readable {
  readonly #bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    super()
    this.#bytes = bytes
  }

  /** Hands the bytes to `write`, if there are any. Use this or the stream, not both. */
  async writeTo(write: (piece: Uint8Array) => Promise<void>): Promise<void> {
    if (this.#bytes.length > 0) await write(this.#bytes)
    this.destroy()
  }

  override _read(): void {
    this.push(this.#bytes)
    this.push(null)
  }
}
