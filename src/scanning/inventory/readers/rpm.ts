import type { PackageRecord } from '../../../core/scanning/installed-package.ts'
import type { DatabaseReader } from '../package-reader.ts'
import { readBdb } from './rpm-bdb.ts'
import { readRpmHeader } from './rpm-header.ts'
import { readNdb } from './rpm-ndb.ts'
import { readSqlite } from './rpm-sqlite.ts'

/** Where distributions have had it: the usual place, where Fedora and SUSE moved it, and where images without a writable `/var` have it. */
const folders = ['var/lib/rpm', 'usr/lib/sysimage/rpm', 'usr/share/rpm']

/** The file of each format, and what reads the headers in it. */
const formats: readonly (readonly [file: string, read: (file: string) => Iterable<Uint8Array>])[] = [
  ['rpmdb.sqlite', readSqlite],
  ['Packages.db', readNdb],
  ['Packages', readBdb],
]

/** RPM's databases: SQLite since Fedora 33 and RHEL 9, ndb at SUSE, Berkeley DB before. */
export const rpmReaders: readonly DatabaseReader[] = formats.map(([name, headersIn]) => ({
  holds: 'database',
  matches: (path) => folders.some((folder) => path === `${folder}/${name}`),
  read: (file) => ({ packages: [...packagesIn(headersIn(file))] }),
}))

function* packagesIn(headers: Iterable<Uint8Array>): Generator<PackageRecord> {
  for (const header of headers) {
    const found = readRpmHeader(header)
    if (found !== undefined) yield found
  }
}
