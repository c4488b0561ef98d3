import type { TextReader } from '../package-reader.ts'

/** What pip has installed. @see Python Packaging User Guide, "Recording installed projects" and "Core metadata specifications" */
export const pythonReader: TextReader = {
  holds: 'text',
  matches: (path) => /\.dist-info\/METADATA$|\.egg-info\/PKG-INFO$|\/[^/]+\.egg-info$/.test(path),
  read(text) {
    // The description follows the fields behind an empty line, and may look like fields.
    const [fields = ''] = text.split(/\r?\n\r?\n/, 1)
    const name = /^Name:[ \t]*(\S+)/m.exec(fields)?.[1]
    const version = /^Version:[ \t]*(\S+)/m.exec(fields)?.[1]
    if (name === undefined || version === undefined) return { packages: [] }
    return { packages: [{ format: 'pypi', name: name.toLowerCase().replaceAll(/[-_.]+/g, '-'), version }] }
  },
}
