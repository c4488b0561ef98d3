import { constants, inflateSync } from 'node:zlib'
import type { PackageRecord } from '../../../core/scanning/installed-package.ts'
import type { ProgramPart } from '../package-reader.ts'

/** How a zlib stream of whatever level begins, and how the list in it does. */
const zlibMarks = [0x01, 0x5e, 0x9c, 0xda]
const zlibFirst = 0x78
const listStart = Buffer.from('{"packages":[')
/** Enough of a stream to unpack its beginning, with the codes that come before. */
const probeBytes = 512
/** Of the list as it stands in the program, and unpacked. */
const mostBytes = 8 * 1024 * 1024
const mostListBytes = 64 * 1024 * 1024

/**
 * What cargo-auditable writes into the programs that Rust's compiler makes: the crates they were made of, as JSON packed with zlib. Its
 * section's place is told at a program's end, so it is found in passing by how it begins, and a program of any size needs no room.
 *
 * @see cargo-auditable, PARSING.md
 */
export class RustAuditInfo implements ProgramPart {
  #state: 'searching' | 'gathering' | 'over' = 'searching'
  #held = Buffer.alloc(0)

  write(bytes: Buffer): void {
    if (this.#state === 'over') return
    this.#held = Buffer.concat([this.#held, bytes])
    if (this.#state === 'searching') this.#search(this.#held.length - probeBytes)
    if (this.#state === 'gathering' && this.#held.length > mostBytes) this.#state = 'over'
  }

  packages(): PackageRecord[] {
    if (this.#state === 'searching') this.#search(this.#held.length)
    return this.#state === 'gathering' ? readList(this.#held) : []
  }

  /** @param before where the places end of which enough is here */
  #search(before: number): void {
    for (let at = this.#held.indexOf(zlibFirst); at !== -1 && at < before; ) {
      if (beginsList(this.#held, at)) {
        this.#state = 'gathering'
        this.#held = Buffer.from(this.#held.subarray(at))
        return
      }
      at = this.#held.indexOf(zlibFirst, at + 1)
    }
    this.#held = Buffer.from(this.#held.subarray(Math.max(before, 0)))
  }
}

function beginsList(bytes: Buffer, at: number): boolean {
  if (!zlibMarks.includes(bytes[at + 1] ?? 0)) return false
  const start = unpack(bytes.subarray(at, at + probeBytes), { finishFlush: constants.Z_SYNC_FLUSH })
  return start?.subarray(0, listStart.length).equals(listStart) === true
}

/** What follows the packed list is no matter. */
function unpack(bytes: Buffer, options: { readonly finishFlush?: number } = {}): Buffer | undefined {
  try {
    return inflateSync(bytes, { maxOutputLength: mostListBytes, ...options })
  } catch {
    return undefined
  }
}

function readList(bytes: Buffer): PackageRecord[] {
  const crates = cratesIn(unpack(bytes)?.toString('utf8') ?? '')
  return crates.flatMap(({ name, version, source, kind }): PackageRecord[] => {
    // Crates of the program's own folder are in no registry, and those for its build are not in the program.
    if (source === 'local' || kind === 'build') return []
    return typeof name === 'string' && typeof version === 'string' ? [{ format: 'cargo', name, version }] : []
  })
}

function cratesIn(json: string): Readonly<Record<string, unknown>>[] {
  try {
    const list: { readonly packages?: unknown } = JSON.parse(json)
    return Array.isArray(list.packages)
      ? list.packages.filter((each) => typeof each === 'object' && each)
      : []
  } catch {
    return []
  }
}
