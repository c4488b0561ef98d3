import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'

/** A file of the console, as it is sent. */
export interface ConsoleFile {
  readonly path: string
  readonly type: string
  readonly etag: string
  /** The same file, compressed, by the name of the encoding. */
  readonly encoded: ReadonlyMap<string, string>
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}
const encodings = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const

/**
 * The files of a folder by their paths in it. Whatever a request asks for is looked up among these, so that no path that comes from
 * outside ever reaches the disk.
 */
export async function readConsoleFiles(folder: string): Promise<ReadonlyMap<string, ConsoleFile>> {
  const names = await readdir(folder, { recursive: true })
  const present = new Set(names)
  const served = names.filter((name) => types[extname(name)] !== undefined)
  const files = served.map(
    async (name) => [name.split(sep).join('/'), await describe(folder, name, present)] as const,
  )
  return new Map(await Promise.all(files))
}

async function describe(folder: string, name: string, present: ReadonlySet<string>): Promise<ConsoleFile> {
  const path = join(folder, name)
  const etag = createHash('sha256')
    .update(await readFile(path))
    .digest('base64url')
    .slice(0, 22)
  const encoded = encodings
    .filter(([, suffix]) => present.has(name + suffix))
    .map(([encoding, suffix]) => [encoding, path + suffix] as const)
  return { path, type: types[extname(name)] ?? '', etag, encoded: new Map(encoded) }
}
