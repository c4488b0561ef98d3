import type { FileContents, PassingFile, ProgramPart, StreamReader } from '../package-reader.ts'
import { GoBuildInfo } from './go.ts'
import { RustAuditInfo } from './rust.ts'

const elfMagic = Buffer.from('\x7fELF', 'latin1')
const leastSize = 100_000

/** Programs of languages whose tools write into them what they were made of: Go, and Rust with cargo-auditable. */
export const programReader: StreamReader = {
  holds: 'stream',
  matches: (_, { type, mode, size }) =>
    (type === '0' || type === '7') && (mode & 0o111) !== 0 && size > leastSize,
  open: () => new Program([new GoBuildInfo(), new RustAuditInfo()]),
}

class Program implements PassingFile {
  readonly #parts: readonly ProgramPart[]
  #beginning = Buffer.alloc(0)
  #kind: 'unknown' | 'program' | 'other' = 'unknown'

  constructor(parts: readonly ProgramPart[]) {
    this.#parts = parts
  }

  write(bytes: Buffer): void {
    if (this.#kind === 'program') this.#pass(bytes)
    if (this.#kind === 'unknown') this.#begin(bytes)
  }

  end(): FileContents | undefined {
    if (this.#kind !== 'program') return undefined
    const packages = this.#parts.flatMap((part) => part.packages())
    return packages.length === 0 ? undefined : { packages }
  }

  #begin(bytes: Buffer): void {
    this.#beginning = Buffer.concat([this.#beginning, bytes])
    if (this.#beginning.length < elfMagic.length) return
    const isProgram = this.#beginning.subarray(0, elfMagic.length).equals(elfMagic)
    this.#kind = isProgram ? 'program' : 'other'
    if (isProgram) this.#pass(this.#beginning)
    this.#beginning = Buffer.alloc(0)
  }

  #pass(bytes: Buffer): void {
    for (const part of this.#parts) part.write(bytes)
  }
}
