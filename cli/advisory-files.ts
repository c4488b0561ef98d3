import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { readArchive } from '../src/registry/scans/read-archive.ts'
import { CliError } from './cli-error.ts'

/** A record of an advisory database, as JSON on one line, and how far the reading is. */
export interface AdvisoryRecord {
  readonly line: string
  /** Where it stands, for people. */
  readonly place: string
  /** Bytes of the files before this one and of this one. */
  readonly done: number
  readonly of: number
}

/**
 * The OSV records in files, folders and zip archives: a file has one as JSON, an array of them, or one on each line; gzip is unpacked.
 *
 * @throws CliError for what can't be read, BrokenArchiveError
 */
export async function* readAdvisoryFiles(paths: readonly string[]): AsyncGenerator<AdvisoryRecord> {
  const files = (await Promise.all(paths.map(filesIn))).flat()
  const of = files.reduce((sum, { size }) => sum + size, 0)
  let before = 0
  for (const { path, size } of files) {
    const records = path.endsWith('.zip') ? recordsInZip(path) : recordsInFile(path)
    for await (const { line, place, part } of records) yield { line, place, done: before + part * size, of }
    before += size
  }
}

async function filesIn(path: string): Promise<{ readonly path: string; readonly size: number }[]> {
  try {
    const { size } = await stat(path)
    const names = await readdir(path, { recursive: true }).catch(() => undefined)
    if (names === undefined) return [{ path, size }]
    const files = names.filter((name) => /\.(?:json|jsonl|zip)(?:\.gz)?$/.test(name)).sort()
    return await Promise.all(
      files.map(async (name) => ({ path: join(path, name), size: (await stat(join(path, name))).size })),
    )
  } catch (cause) {
    throw new CliError(
      `${path} can't be read: ${cause instanceof Error ? cause.message : cause}`,
      undefined,
      { cause },
    )
  }
}

interface PlacedRecord {
  readonly line: string
  readonly place: string
  /** How much of the file is read by then, from 0 to 1. */
  readonly part: number
}

async function* recordsInZip(path: string): AsyncGenerator<PlacedRecord> {
  let number = 0
  for await (const { text, of } of readArchive(path)) {
    number += 1
    for (const record of recordsInText(text, `${path}, file ${number}`))
      yield { ...record, part: number / of }
  }
}

async function* recordsInFile(path: string): AsyncGenerator<PlacedRecord> {
  const bytes = await readFile(path)
  yield* recordsInText((path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'), path)
}

function* recordsInText(text: string, place: string): Generator<PlacedRecord> {
  const whole = parse(text)
  const lines = whole === undefined ? text.split('\n').map((line) => line.trim()) : undefined
  const records =
    lines ?? (Array.isArray(whole) ? whole.map((record) => JSON.stringify(record)) : [JSON.stringify(whole)])
  const unit = lines === undefined ? 'record' : 'line'
  for (const [at, line] of records.entries()) {
    if (line !== '')
      yield {
        line,
        place: records.length === 1 ? place : `${place}, ${unit} ${at + 1}`,
        part: (at + 1) / records.length,
      }
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
