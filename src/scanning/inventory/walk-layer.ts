import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { LayerInventory, PackageFile } from '../../core/scanning/layer-inventory.ts'
import { layerPath, readWhiteout } from './layer-path.ts'
import { type LayerLimits, UnreadableLayerError } from './limits.ts'
import type {
  DatabaseReader,
  FileContents,
  PackageReader,
  StreamReader,
  TextReader,
} from './package-reader.ts'
import { type EntrySink, type TarEntry, TarReader } from './tar-reader.ts'

/** Takes a layer's unpacked bytes and finds what it says of packages. */
export class LayerWalk {
  readonly #readers: readonly PackageReader[]
  readonly #limits: LayerLimits
  readonly #folder: string
  readonly #tar = new TarReader((entry) => this.#enter(entry))
  readonly #files = new Map<string, FileContents>()
  readonly #removed: string[] = []
  readonly #emptied: string[] = []
  #entries = 0
  #packages = 0

  /** @param folder where databases lie while they are read; files in it have names of ours, never those of the layer */
  constructor(readers: readonly PackageReader[], limits: LayerLimits, folder: string) {
    this.#readers = readers
    this.#limits = limits
    this.#folder = folder
  }

  /** @throws UnreadableLayerError */
  write(bytes: Buffer): void {
    this.#tar.write(bytes)
  }

  /** @throws UnreadableLayerError */
  end(): LayerInventory {
    this.#tar.end()
    const files = Array.from(this.#files, ([path, contents]): PackageFile => ({ path, ...contents }))
    return { files, removed: this.#removed, emptied: this.#emptied }
  }

  #enter(entry: TarEntry): EntrySink | undefined {
    this.#entries += 1
    if (this.#entries > this.#limits.entries) throw new UnreadableLayerError('A layer has too many files')
    const path = layerPath(entry.path, this.#limits)
    const whiteout = readWhiteout(path)
    if (whiteout === undefined) return this.#sinkFor(path, entry)
    if (whiteout.kind === 'removed') this.#removed.push(whiteout.path)
    if (whiteout.kind === 'emptied') this.#emptied.push(whiteout.path)
    return undefined
  }

  #sinkFor(path: string, entry: TarEntry): EntrySink | undefined {
    if (entry.type === '5') return undefined
    const reader = this.#readers.find((one) => one.matches(path, entry))
    if (reader === undefined) return undefined
    if (entry.type === '1') return this.#link(path, layerPath(entry.linkPath, this.#limits))
    // Whatever stands here hides what lower layers have in its place.
    if (!isFile(entry)) return this.#note(path, { packages: [] })
    switch (reader.holds) {
      case 'text':
        return this.#text(path, reader)
      case 'database':
        return this.#database(path, reader)
      case 'stream':
        return this.#stream(path, reader)
    }
  }

  /** A hard link is the file it names, which came before it. */
  #link(path: string, target: string): undefined {
    return this.#note(path, this.#files.get(target) ?? { packages: [] })
  }

  #text(path: string, reader: TextReader): EntrySink {
    const pieces: Buffer[] = []
    let size = 0
    return {
      write: (bytes) => {
        size += bytes.length
        if (size > this.#limits.textBytes) throw tooLarge(path)
        pieces.push(Buffer.from(bytes))
      },
      end: () => this.#note(path, reader.read(Buffer.concat(pieces).toString('utf8'), path)),
    }
  }

  #database(path: string, reader: DatabaseReader): EntrySink {
    const file = join(this.#folder, 'database')
    const descriptor = openSync(file, 'w', 0o600)
    let size = 0
    return {
      write: (bytes) => {
        size += bytes.length
        if (size > this.#limits.databaseBytes) throw tooLarge(path)
        writeSync(descriptor, bytes)
      },
      end: () => {
        closeSync(descriptor)
        this.#note(path, reader.read(file))
        rmSync(file)
      },
    }
  }

  #stream(path: string, reader: StreamReader): EntrySink {
    const file = reader.open()
    return {
      write: (bytes) => file.write(bytes),
      end: () => {
        const contents = file.end()
        if (contents !== undefined) this.#note(path, contents)
      },
    }
  }

  #note(path: string, contents: FileContents): undefined {
    this.#packages += contents.packages.length
    if (this.#packages > this.#limits.packages)
      throw new UnreadableLayerError('A layer has too many packages')
    this.#files.set(path, contents)
  }
}

function isFile({ type }: TarEntry): boolean {
  return type === '0' || type === '7'
}

function tooLarge(path: string): UnreadableLayerError {
  return new UnreadableLayerError(`The file ${path} of a layer is too large to read`)
}
