import type { PackageRecord } from '../../core/scanning/installed-package.ts'
import type { PackageFile } from '../../core/scanning/layer-inventory.ts'
import type { TarEntry } from './tar-reader.ts'

/** What a file says, but for its place. */
export type FileContents = Omit<PackageFile, 'path'>

/** How one kind of file tells of packages. */
export type PackageReader = TextReader | DatabaseReader | StreamReader

interface Matcher {
  /** Whether a file at this place is of the kind. */
  matches(path: string, entry: TarEntry): boolean
}

export interface TextReader extends Matcher {
  readonly holds: 'text'
  /** Says as much as can be read: a text is whatever someone put there. */
  read(text: string, path: string): FileContents
}

/** For what can be large: it is written to a file first. */
export interface DatabaseReader extends Matcher {
  readonly holds: 'database'
  /** @throws UnreadableLayerError when the database is broken */
  read(file: string): FileContents
}

/** For what is large and says little: it is looked at as it passes. */
export interface StreamReader extends Matcher {
  readonly holds: 'stream'
  open(): PassingFile
}

export interface PassingFile {
  write(bytes: Buffer): void
  /** Undefined for a file that turns out to be of another kind. */
  end(): FileContents | undefined
}

/** Looks in the passing bytes of a program for what one language's tools have written into it. */
export interface ProgramPart {
  write(bytes: Buffer): void
  packages(): PackageRecord[]
}
