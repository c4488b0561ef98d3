import type { TextReader } from '../package-reader.ts'

/** What npm, yarn and pnpm have installed: a folder for each package, its name and version in its `package.json`. */
export const npmReader: TextReader = {
  holds: 'text',
  matches: (path) => /(?:^|\/)node_modules\/(?:@[^/]+\/)?[^/]+\/package\.json$/.test(path),
  read(text) {
    const { name, version } = members(text)
    if (typeof name !== 'string' || typeof version !== 'string' || !name || !version) return { packages: [] }
    return { packages: [{ format: 'npm', name, version }] }
  },
}

function members(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}
