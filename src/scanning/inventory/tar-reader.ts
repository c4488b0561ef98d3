import { UnreadableLayerError } from './limits.ts'
import { readPaxRecords } from './pax-records.ts'
import { blockSize, brokenTar, readTarHeader, type TarHeader } from './tar-header.ts'

/** An entry of an archive, with the names that came before it applied. */
export type TarEntry = TarHeader

/** Takes the bytes of one entry. */
export interface EntrySink {
  write(bytes: Buffer): void
  end(): void
}

/** Of a long name, or of all records before one entry: paths themselves are far shorter. */
const maxExtraBytes = 1024 * 1024

type State = 'header' | 'content' | 'padding' | 'over'

/**
 * Reads a tar archive as it comes, in whatever pieces, and holds none of it but headers and names. Formats: ustar, pax, GNU.
 *
 * Our own, and not a library: those read names of any length into memory, and the archive is whatever someone pushed.
 */
export class TarReader {
  readonly #onEntry: (entry: TarEntry) => EntrySink | undefined
  readonly #header = Buffer.alloc(blockSize)
  #state: State = 'header'
  #gathered = 0
  #left = 0
  #padding = 0
  #sink: EntrySink | undefined
  /** What was said of the next entry. */
  #next: Partial<TarEntry> = {}

  /** @param onEntry where an entry's bytes go; nowhere, for one that isn't looked at */
  constructor(onEntry: (entry: TarEntry) => EntrySink | undefined) {
    this.#onEntry = onEntry
  }

  /** @throws UnreadableLayerError */
  write(chunk: Buffer): void {
    let rest = chunk
    while (rest.length > 0 && this.#state !== 'over') rest = rest.subarray(this.#take(rest))
  }

  /** @throws UnreadableLayerError when the archive ends in the middle of something */
  end(): void {
    const isBetween = this.#state === 'header' && this.#gathered === 0
    if (this.#state !== 'over' && !isBetween) throw new UnreadableLayerError('A layer ends too early')
  }

  /** Resolves to how many bytes of the chunk were used. */
  #take(chunk: Buffer): number {
    if (this.#state === 'header') return this.#takeHeader(chunk)
    const count = Math.min(chunk.length, this.#left)
    if (this.#state === 'content') this.#sink?.write(chunk.subarray(0, count))
    this.#left -= count
    if (this.#left === 0) this.#endStretch()
    return count
  }

  #takeHeader(chunk: Buffer): number {
    const count = chunk.copy(this.#header, this.#gathered, 0, blockSize - this.#gathered)
    this.#gathered += count
    if (this.#gathered < blockSize) return count
    this.#gathered = 0
    const header = readTarHeader(this.#header)
    if (header === undefined) this.#state = 'over'
    else this.#begin(header)
    return count
  }

  #begin(header: TarHeader): void {
    const entry = isExtra(header) ? header : { ...header, ...this.#next }
    if (!isExtra(header)) this.#next = {}
    this.#sink = this.#sinkOf(entry)
    this.#left = hasContent(entry) ? entry.size : 0
    this.#padding = (blockSize - (this.#left % blockSize)) % blockSize
    this.#state = 'content'
    if (this.#left === 0) this.#endStretch()
  }

  #endStretch(): void {
    const wasContent = this.#state === 'content'
    if (wasContent) this.#sink?.end()
    this.#sink = undefined
    this.#left = wasContent ? this.#padding : 0
    this.#state = this.#left > 0 ? 'padding' : 'header'
  }

  #sinkOf(entry: TarEntry): EntrySink | undefined {
    switch (entry.type) {
      case 'x':
        return this.#gather(entry, (bytes) => Object.assign(this.#next, readPaxRecords(bytes)))
      case 'L':
        return this.#gather(entry, (bytes) => Object.assign(this.#next, { path: untilNull(bytes) }))
      case 'K':
        return this.#gather(entry, (bytes) => Object.assign(this.#next, { linkPath: untilNull(bytes) }))
      case 'g':
        return undefined
      case 'S':
        throw new UnreadableLayerError('A layer has a sparse file of the old GNU format, which is not read')
      default:
        return this.#onEntry(entry)
    }
  }

  #gather({ size }: TarHeader, then: (bytes: Buffer) => void): EntrySink {
    if (size > maxExtraBytes) throw new UnreadableLayerError('A layer has a name that is too long')
    const pieces: Buffer[] = []
    return {
      write: (bytes) => void pieces.push(Buffer.from(bytes)),
      end: () => then(Buffer.concat(pieces)),
    }
  }
}

/** Links, devices and folders have none, whatever size they tell. */
function hasContent({ type }: TarHeader): boolean {
  return !'123456'.includes(type)
}

function isExtra({ type }: TarHeader): boolean {
  return 'xgLK'.includes(type)
}

function untilNull(bytes: Buffer): string {
  const end = bytes.indexOf(0)
  if (bytes.length === 0) throw brokenTar()
  return bytes.toString('utf8', 0, end === -1 ? bytes.length : end)
}
