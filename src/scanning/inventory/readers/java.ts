import { readFileSync } from 'node:fs'
import type { PackageRecord } from '../../../core/scanning/installed-package.ts'
import type { DatabaseReader } from '../package-reader.ts'
import { readZip, type ZipEntry } from '../read-zip.ts'

/** An application's archive has libraries' archives in it, and those may have more. */
const deepest = 3
const mostPropertiesBytes = 64 * 1024
const mostArchiveBytes = 64 * 1024 * 1024

/** Java's archives: Maven puts the coordinates of all that it builds into them. */
export const javaReader: DatabaseReader = {
  holds: 'database',
  matches: (path) => isArchive(path),
  read: (file) => ({ packages: [...packagesIn(readFileSync(file), deepest)] }),
}

function isArchive(path: string): boolean {
  return /\.(?:jar|war|ear)$/i.test(path)
}

function* packagesIn(archive: Buffer, depth: number): Generator<PackageRecord> {
  for (const entry of readZip(archive)) {
    if (/^META-INF\/maven\/[^/]+\/[^/]+\/pom\.properties$/.test(entry.name)) yield* readProperties(entry)
    else if (depth > 1 && isArchive(entry.name)) yield* readNested(entry, depth)
  }
}

function* readNested(entry: ZipEntry, depth: number): Generator<PackageRecord> {
  const archive = entry.content(mostArchiveBytes)
  if (archive !== undefined) yield* packagesIn(archive, depth - 1)
}

function* readProperties(entry: ZipEntry): Generator<PackageRecord> {
  const lines = entry.content(mostPropertiesBytes)?.toString('utf8').split(/\r?\n/) ?? []
  const values = new Map(lines.map((line) => [line.split('=')[0]?.trim(), line.split('=')[1]?.trim()]))
  const [group, artifact, version] = ['groupId', 'artifactId', 'version'].map((name) => values.get(name))
  if (group && artifact && version) yield { format: 'maven', name: `${group}:${artifact}`, version }
}
