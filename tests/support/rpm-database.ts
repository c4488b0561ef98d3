import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** A package to be in a database. */
export interface SamplePackage {
  readonly name: string
  readonly version: string
  readonly release: string
  readonly epoch?: number
  readonly module?: string
}

export type RpmBackend = 'sqlite' | 'ndb' | 'bdb'

/** The programs that `rpmDatabase` needs. */
export const rpmPrograms = ['rpmbuild', 'rpm', 'db5.3_load']

/**
 * Makes a database of these packages with Debian's own `rpm`, in a folder; resolves to its file's name and bytes. Debian's RPM writes
 * SQLite alone: Berkeley DB's own tool writes that format, and ndb is written here.
 */
export function rpmDatabase(folder: string, backend: RpmBackend, packages: readonly SamplePackage[]) {
  for (const pkg of packages) build(folder, pkg)
  const files = readdirSync(join(folder, 'RPMS'), { recursive: true, encoding: 'utf8' })
  const rpms = files.filter((name) => name.endsWith('.rpm')).map((name) => join(folder, 'RPMS', name))
  const dbpath = join(folder, 'db')
  execFileSync('rpm', ['--dbpath', dbpath, '--initdb'], { stdio: 'pipe' })
  const install = ['--justdb', '--nodeps', '--noscripts', '--nosignature', '--nodigest', '--ignorearch', '-i']
  execFileSync('rpm', ['--dbpath', dbpath, ...install, ...rpms], { stdio: 'pipe' })
  const sqlite = join(dbpath, 'rpmdb.sqlite')
  switch (backend) {
    case 'sqlite':
      return { name: 'rpmdb.sqlite', bytes: readFileSync(sqlite) }
    case 'ndb':
      return { name: 'Packages.db', bytes: ndbOf(headersIn(sqlite)) }
    case 'bdb':
      return { name: 'Packages', bytes: berkeleyDatabase(headersIn(sqlite), join(folder, 'Packages')) }
  }
}

function build(folder: string, { name, version, release, epoch, module }: SamplePackage): void {
  const spec = join(folder, `${name}.spec`)
  const lines = [
    `Name: ${name}`,
    `Version: ${version}`,
    `Release: ${release}`,
    ...(epoch === undefined ? [] : [`Epoch: ${epoch}`]),
    ...(module === undefined ? [] : [`ModularityLabel: ${module}`]),
    'Summary: a sample',
    'License: none',
    'BuildArch: noarch',
    '%description',
    'a sample',
    '%files',
  ]
  writeFileSync(spec, `${lines.join('\n')}\n`)
  execFileSync('rpmbuild', ['--define', `_topdir ${folder}`, '-bb', spec], { stdio: 'pipe' })
}

interface Header {
  readonly number: number
  readonly blob: Buffer
}

function headersIn(sqlite: string): Header[] {
  using database = new DatabaseSync(sqlite, { readOnly: true })
  const rows = database.prepare('select hnum, blob from Packages').all()
  return rows.map(({ hnum, blob }) => ({ number: Number(hnum), blob: Buffer.from(blob as Uint8Array) }))
}

/** The key 0 has the next package's number. */
function berkeleyDatabase(headers: readonly Header[], file: string): Buffer {
  const records = headers.map(({ number, blob }) => [littleEndian(number), blob.toString('hex')])
  const lines = [['00000000', '05000000'], ...records].flat().map((line) => ` ${line}`)
  const header = ['VERSION=3', 'format=bytevalue', 'type=hash', 'db_pagesize=4096', 'HEADER=END']
  execFileSync('db5.3_load', [file], { input: `${[...header, ...lines, 'DATA=END'].join('\n')}\n` })
  return readFileSync(file)
}

/** One page of slots, then the blobs, each in blocks of 16 bytes. */
function ndbOf(headers: readonly Header[]): Buffer {
  const page = Buffer.alloc(4096)
  for (let at = 32; at < page.length; at += 16) page.write('Slot', at)
  page.write('RpmP')
  page.writeUInt32LE(1, 12)
  const blobs: Buffer[] = []
  let block = page.length / 16
  for (const [at, { number, blob }] of headers.entries()) {
    const blocks = Math.ceil((16 + blob.length + 12) / 16)
    const bytes = Buffer.alloc(blocks * 16)
    bytes.write('BlbS')
    bytes.writeUInt32LE(number, 4)
    bytes.writeUInt32LE(blob.length, 12)
    blob.copy(bytes, 16)
    for (const [field, value] of [number, block, blocks].entries())
      page.writeUInt32LE(value, 36 + 16 * at + 4 * field)
    blobs.push(bytes)
    block += blocks
  }
  return Buffer.concat([page, ...blobs])
}

function littleEndian(number: number): string {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(number)
  return bytes.toString('hex')
}
