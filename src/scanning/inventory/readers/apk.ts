import type { PackageRecord } from '../../../core/scanning/installed-package.ts'
import type { TextReader } from '../package-reader.ts'
import { readStanzas } from './control-fields.ts'

const fields = ['P', 'V', 'A', 'o']

/** Alpine's database. @see apk-tools, "APKv2 installed database" */
export const apkReader: TextReader = {
  holds: 'text',
  matches: (path) => path === 'lib/apk/db/installed' || path === 'usr/lib/apk/db/installed',
  read: (text) => ({ packages: [...readStanzas(text, fields)].flatMap(readPackage) }),
}

function readPackage(stanza: ReadonlyMap<string, string>): PackageRecord[] {
  const [name, version, architecture, origin] = fields.map((field) => stanza.get(field))
  if (!name || !version) return []
  return [
    {
      format: 'apk',
      name,
      version,
      ...(architecture && { architecture }),
      ...(origin && origin !== name && { source: { name: origin, version } }),
    },
  ]
}
