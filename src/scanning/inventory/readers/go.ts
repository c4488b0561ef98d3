import type { PackageRecord } from '../../../core/scanning/installed-package.ts'
import type { ProgramPart } from '../package-reader.ts'

const infoMagic = Buffer.from('\xff Go buildinf:', 'latin1')
/** Bytes before the two texts, and of the longest that is read. */
const headerBytes = 32
const mostBytes = 4 * 1024 * 1024

/**
 * What Go, since version 1.18, writes into the programs it builds: the modules they were made of. It is found in passing, so that a
 * program of any size needs no room.
 *
 * @see Go, debug/buildinfo
 */
export class GoBuildInfo implements ProgramPart {
  #state: 'searching' | 'gathering' | 'over' = 'searching'
  #held = Buffer.alloc(0)

  write(bytes: Buffer): void {
    if (this.#state === 'over') return
    this.#held = Buffer.concat([this.#held, bytes])
    if (this.#state === 'searching') this.#search()
    if (this.#state === 'gathering' && this.#held.length > mostBytes) this.#state = 'over'
  }

  packages(): PackageRecord[] {
    return readBuildInfo(this.#held)
  }

  #search(): void {
    const at = this.#held.indexOf(infoMagic)
    if (at !== -1) this.#state = 'gathering'
    // The mark may begin in one piece and end in the next.
    this.#held = Buffer.from(this.#held.subarray(at === -1 ? -infoMagic.length : at))
  }
}

function readBuildInfo(bytes: Buffer): PackageRecord[] {
  const isInline = bytes.subarray(0, infoMagic.length).equals(infoMagic) && ((bytes[15] ?? 0) & 2) !== 0
  if (!isInline) return []
  const version = readText(bytes, headerBytes)
  const modules = version && readText(bytes, version.end)
  if (version === undefined || modules === undefined) return []
  // Sixteen bytes mark either end of the list.
  const lines = modules.text.slice(16, -16).toString('utf8').split('\n')
  return [...standardLibrary(version.text.toString('utf8')), ...modulesOf(lines)]
}

/** A text after its length, which is written seven bits a byte. */
function readText(bytes: Buffer, start: number): { readonly text: Buffer; readonly end: number } | undefined {
  let [length, at, shift] = [0, start, 1]
  for (let more = true; more; at += 1, shift *= 128) {
    const byte = bytes[at]
    if (byte === undefined || at - start > 4) return undefined
    length += (byte & 0x7f) * shift
    more = byte >= 0x80
  }
  return at + length > bytes.length ? undefined : { text: bytes.subarray(at, at + length), end: at + length }
}

function standardLibrary(version: string): PackageRecord[] {
  const [, number] = /^go(\d+\.\d+(?:\.\d+)?\S*)/.exec(version) ?? []
  return number === undefined ? [] : [{ format: 'go', name: 'stdlib', version: number }]
}

/** `dep` and a module with its version; `=>` and what takes its place. The program itself, built from a checkout, has none. */
function modulesOf(lines: readonly string[]): PackageRecord[] {
  const modules: PackageRecord[] = []
  for (const line of lines) {
    const [kind, name, version] = line.split('\t')
    if (!name || !version || version === '(devel)') continue
    if (kind === '=>') modules.pop()
    if (kind === 'dep' || kind === 'mod' || kind === '=>') modules.push({ format: 'go', name, version })
  }
  return modules
}
