/** What of an open file is needed here. */
export interface Writable {
  /** May write less than it is given. */
  writev(chunks: readonly Uint8Array[], position: number): Promise<{ readonly bytesWritten: number }>
}

/**
 * Bytes in one write: enough to make the system calls few, and little enough for many uploads at once, each of which holds two such
 * pieces and what the next collection of garbage will take: in writes of 384 KiB, 16 uploads held 25 MiB more at no less processor time.
 * Less than 256 KiB and no power of two, on purpose: Linux puts a larger write that lies evenly into one piece of fresh memory, which a
 * virtual machine may first have to get from its host. In writes of 1 MiB, 200 MiB took 0.5 s of processor time to copy.
 */
const batchBytes = 192 * 1024
/** Chunks in one write; systems take 1024 at a time. */
const batchChunks = 1024

/**
 * Writes small chunks in large pieces, one piece on its way to the disk while the next one gathers: a writer holds two
 * pieces and a chunk at the most. Disposing waits until nothing is on its way.
 */
export class GatheringWriter implements AsyncDisposable {
  readonly #file: Writable
  #position: number
  #gathered: Uint8Array[] = []
  #gatheredBytes = 0
  #writing: Promise<void> = Promise.resolve()

  constructor(file: Writable, position: number) {
    this.#file = file
    this.#position = position
  }

  /** Where the next chunk goes. */
  get position(): number {
    return this.#position + this.#gatheredBytes
  }

  /** Takes a chunk. True when it completes a piece: wait for `flush` before adding more. */
  add(chunk: Uint8Array): boolean {
    this.#gathered.push(chunk)
    this.#gatheredBytes += chunk.byteLength
    return this.#gatheredBytes >= batchBytes || this.#gathered.length >= batchChunks
  }

  /** Waits for the piece that is being written, and begins to write the one that has gathered. */
  async flush(): Promise<void> {
    await this.#writing
    this.#writing = writeAll(this.#file, this.#gathered, this.#position)
    // The next to wait for it gets its error; until then nobody does.
    this.#writing.catch(() => {})
    this.#position += this.#gatheredBytes
    this.#gathered = []
    this.#gatheredBytes = 0
  }

  /** Writes what is left, and waits until all is written. */
  async finish(): Promise<void> {
    await this.flush()
    await this.#writing
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.allSettled([this.#writing])
  }
}

/** One system call may write less than it was given, as when the disk is nearly full. */
async function writeAll(file: Writable, chunks: readonly Uint8Array[], position: number): Promise<void> {
  let rest = chunks
  let end = position
  while (rest.length > 0) {
    const { bytesWritten } = await file.writev(rest, end)
    end += bytesWritten
    rest = withoutFirst(rest, bytesWritten)
  }
}

function withoutFirst(chunks: readonly Uint8Array[], bytes: number): Uint8Array[] {
  let written = bytes
  return chunks.flatMap((chunk) => {
    const rest = chunk.subarray(Math.min(written, chunk.byteLength))
    written -= chunk.byteLength - rest.byteLength
    return rest.byteLength === 0 ? [] : [rest]
  })
}
