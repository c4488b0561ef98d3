import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { digestOf } from '../../src/core/names/digest.ts'
import { combineLayers, type LayerInventory } from '../../src/core/scanning/layer-inventory.ts'
import { importAdvisories } from '../../src/registry/scans/import-advisories.ts'
import { judgeImage } from '../../src/registry/scans/judge-image.ts'
import { KnownAdvisories } from '../../src/registry/scans/known-advisories.ts'
import { readLayerApart } from '../../src/scanning/inventory/read-layer-apart.ts'
import { openSqliteMetadata } from '../../src/stores/metadata/sqlite.ts'
import { type TarFile, tarOf } from '../../tests/support/tar.ts'
import { advisory } from '../peers/fill-scanned-images.ts'
import type { Result } from '../result.ts'
import type { Bench, Row } from '../row.ts'

const mebibyte = 1024 * 1024
const packages = 400
/** Of Debian 12 there were about so many advisories in 2026, four for each source package. */
const advisories = 40_000
const advisoriesOfPackage = 4

/** What one scan costs: the layer read in a process of its own, and its packages looked up. */
export const scanLayer: Row = {
  name: 'scan-layer',
  about: 'packages of an image of 200 MiB, and what is known of them',
  run,
}

async function run({ scratch, rounds, quick, say }: Bench): Promise<readonly Result[]> {
  const size = (quick ? 20 : 200) * mebibyte
  const layer = gzipSync(tarOf(filesOf(size)), { level: 6 })
  const reads: number[] = []
  const looks: number[] = []
  const folder = scratch.newFolder('advisories')
  await using metadata = await openSqliteMetadata({ file: join(folder, 'metadata.db') })
  say(`importing ${advisories} advisories`)
  await importAll(metadata)
  for (let round = 1; round <= rounds; round += 1) {
    const start = performance.now()
    const reading = await readLayerApart(Readable.from([layer]), { signal: AbortSignal.timeout(600_000) })
    reads.push(performance.now() - start)
    if ('unreadable' in reading) throw new Error(reading.unreadable)
    looks.push(await lookUp(reading.inventory, new KnownAdvisories(metadata)))
  }
  const unpacked = `${size / mebibyte} MiB`
  return [
    {
      what: `packages of an image of ${unpacked}`,
      unit: 'ms',
      berth: reads,
      goal: { atMost: 5_000 },
      notes: [
        `one layer with programs and texts, gzip, ${Math.round(layer.length / mebibyte)} MiB; by a process of its own, its start included`,
      ],
    },
    {
      what: `what is known of the ${packages} packages in it`,
      unit: 'ms',
      berth: looks,
      goal: { atMost: 200 },
      notes: [
        `among ${advisories.toLocaleString('en')} advisories in SQLite; nothing kept from one round to the next but what the system keeps of the file`,
      ],
    },
  ]
}

/** Half programs, which are searched for what Go and Rust write into them, half texts, and a package database. */
function filesOf(size: number): TarFile[] {
  const part = mebibyte
  const program = Buffer.concat([
    Buffer.from('\x7fELF', 'latin1'),
    randomBytes(part / 2),
    Buffer.alloc(part / 2 - 4, 'code'),
  ])
  const text = Buffer.alloc(part, 'Some words of a text that packs well.\n')
  const files = Array.from({ length: size / part }, (_, at): TarFile => {
    return at % 2 === 0
      ? { path: `usr/bin/program-${at}`, content: program, mode: 0o755 }
      : { path: `usr/share/doc/text-${at}`, content: text }
  })
  return [
    { path: 'etc/os-release', content: 'ID=debian\nVERSION_ID="12"\n' },
    { path: 'var/lib/dpkg/status', content: statusOf(packages) },
    ...files,
  ]
}

function statusOf(count: number): string {
  return Array.from({ length: count }, (_, at) =>
    [
      `Package: package-${at}`,
      'Status: install ok installed',
      'Architecture: amd64',
      `Version: 1.${at % 10}.0-1`,
      'Description: a package\n with some words\n',
    ].join('\n'),
  ).join('\n')
}

async function importAll(metadata: Parameters<typeof importAdvisories>[0]['metadata']): Promise<void> {
  const inOneGo = 2_000
  for (let first = 0; first < advisories; first += inOneGo) {
    const some = Array.from({ length: inOneGo }, (_, at) => {
      const number = first + at
      const name = `package-${Math.floor(number / advisoriesOfPackage)}`
      return advisory(`CVE-2025-${number}`, { ecosystem: 'Debian:12', name, fixed: `1.${number % 10}.5-1` })
    })
    await importAdvisories({ metadata, now: () => new Date() }, some)
  }
}

async function lookUp(inventory: LayerInventory, known: KnownAdvisories): Promise<number> {
  const digest = digestOf('sha256', '0'.repeat(64))
  const start = performance.now()
  const { vulnerabilities } = await judgeImage(combineLayers([{ digest, inventory }]), 'BASIC', known)
  const took = performance.now() - start
  if (vulnerabilities.length < packages)
    throw new Error(`Only ${vulnerabilities.length} vulnerabilities were found`)
  return took
}
