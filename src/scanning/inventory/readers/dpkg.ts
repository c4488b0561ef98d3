import type { PackageRecord } from '../../../core/scanning/installed-package.ts'
import type { TextReader } from '../package-reader.ts'
import { readStanzas } from './control-fields.ts'

const fields = ['Package', 'Status', 'Version', 'Architecture', 'Source']

/** dpkg's database, and the folder of single files that distroless images have in its place. */
export const dpkgReader: TextReader = {
  holds: 'text',
  matches: (path) =>
    path === 'var/lib/dpkg/status' ||
    (path.startsWith('var/lib/dpkg/status.d/') && !path.endsWith('.md5sums')),
  read: (text) => ({ packages: [...readStanzas(text, fields)].flatMap(readPackage) }),
}

/** The files of a package are there in these states, and only its configuration or nothing in the others. @see dpkg(1) */
const present = /^(?:unpacked|half-configured|triggers-awaited|triggers-pending|installed)$/

function readPackage(stanza: ReadonlyMap<string, string>): PackageRecord[] {
  const [name, version, status] = [stanza.get('Package'), stanza.get('Version'), stanza.get('Status')]
  if (!name || !version || !present.test(status?.split(/\s+/)[2] ?? 'installed')) return []
  const architecture = stanza.get('Architecture')
  const source = readSource(stanza.get('Source'), version)
  return [{ format: 'dpkg', name, version, ...(architecture && { architecture }), ...(source && { source }) }]
}

/** `brotli (1.0.9-2)`; the version stands there only where it is another. */
function readSource(field: string | undefined, version: string): PackageRecord['source'] {
  const [, name, own] = /^(\S+)(?:\s+\(([^()\s]+)\))?$/.exec(field ?? '') ?? []
  return name === undefined ? undefined : { name, version: own ?? version }
}
